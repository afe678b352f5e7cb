"""benchmarks/run [PART ...] [--rounds N] [--scale X]"""

from __future__ import annotations

import argparse
import signal
import sys
from types import ModuleType

from bench import backlog, latency, ledger, memory, producer, publication, report, requests, scan, steady, streaming
from bench.processes import adopt_orphans
from bench.project import WORK

PARTS: dict[str, ModuleType] = {
    "scan": scan,
    "requests": requests,
    "streaming": streaming,
    "backlog": backlog,
    "steady": steady,
    "publication": publication,
    "latency": latency,
    "producer": producer,
    "ledger": ledger,
    "memory": memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description="Measures the pipeline and its peers.")
    parser.add_argument("parts", nargs="*", metavar="PART", help="one of " + ", ".join(PARTS) + "; default: all")
    parser.add_argument("--rounds", type=int, default=3, help="how often to measure each part (default 3)")
    parser.add_argument("--scale", type=float, default=1.0, help="factor for all sizes, for a quick try; not published")
    options = parser.parse_args()
    for part in options.parts:
        if part not in PARTS:
            parser.error(f"unknown part {part}; the parts are {', '.join(PARTS)}")
    adopt_orphans()
    # Unwinds the stack, so that all started processes are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    WORK.mkdir(parents=True, exist_ok=True)
    for part in options.parts or PARTS:
        setting = report.setting(options.rounds)
        section = report.section(part, PARTS[part].TITLE, setting, PARTS[part].run(options.rounds, options.scale))
        print("\n" + section, flush=True)
        if options.scale == 1:
            report.publish(part, section)


if __name__ == "__main__":
    main()
