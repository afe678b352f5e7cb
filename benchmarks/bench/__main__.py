"""benchmarks/run [PART ...] [--rounds N] [--scale X] [--compare]"""

from __future__ import annotations

import argparse
import signal
import sys
from types import ModuleType

from bench import (
    backlog,
    compare,
    latency,
    ledger,
    memory,
    orders,
    producer,
    publication,
    report,
    requests,
    scan,
    steady,
    streaming,
)
from bench.processes import adopt_orphans
from bench.project import WORK

PARTS: dict[str, ModuleType] = {
    "scan": scan,
    "requests": requests,
    "streaming": streaming,
    "backlog": backlog,
    "orders": orders,
    "steady": steady,
    "publication": publication,
    "latency": latency,
    "producer": producer,
    "ledger": ledger,
    "memory": memory,
}


_COMPARE = """\
measure each part at full size (scan three times, the others once, unless --rounds says otherwise) and print its figures
beside the published ones. Exits with 1 if one is worse by more than a quarter. Never changes RESULTS.md. Compares the
ratios to the peers of the same run, and those of ledger to an empty ledger. requests, latency and memory have no peer:
compare their times and sizes only on the machine that RESULTS.md names. steady takes 15 minutes, the others 2 to 7
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description="Measures the pipeline and its peers.")
    parser.add_argument("parts", nargs="*", metavar="PART", help="one of " + ", ".join(PARTS) + "; default: all")
    parser.add_argument("--rounds", type=int, help="how often to measure each part (default 3)")
    parser.add_argument("--scale", type=float, default=1.0, help="factor for all sizes, for a quick try; not published")
    parser.add_argument("--compare", action="store_true", help=_COMPARE)
    options = parser.parse_args()
    parts = options.parts or list(PARTS)
    for part in parts:
        if part not in PARTS:
            parser.error(f"unknown part {part}; the parts are {', '.join(PARTS)}")
        if options.compare and not compare.figures(report.published(part) or "", PARTS[part].COMPARED):
            parser.exit(2, f"RESULTS.md has no figures of {part} to compare with: run it without --compare first\n")
    if options.compare and options.scale != 1:
        parser.error("--compare needs the full size: leave out --scale")
    adopt_orphans()
    # Unwinds the stack, so that all started processes are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    WORK.mkdir(parents=True, exist_ok=True)
    worse = []
    for part in parts:
        rounds = PARTS[part].COMPARED.rounds if options.compare else 3
        section = _measure(part, options.rounds or rounds, options.scale)
        if options.compare:
            worse += [part] if _is_worse(part, section) else []
        elif options.scale == 1:
            report.publish(part, section)
    if worse:
        sys.exit(f"worse than published by more than a quarter: {', '.join(worse)}")


def _measure(part: str, rounds: int, scale: float) -> str:
    """Returns the section of a part, which it also prints."""
    setting = report.setting(rounds)
    section = report.section(part, PARTS[part].TITLE, setting, PARTS[part].run(rounds, scale))
    print("\n" + section, flush=True)
    return section


def _is_worse(part: str, section: str) -> bool:
    """Returns whether a figure is worse than the published one. Prints both."""
    before = report.published(part)
    published, measured = (compare.figures(text, PARTS[part].COMPARED) for text in (before, section))
    print(f"Published: {before.splitlines()[2]}\n\n{compare.table(published, measured)}\n", flush=True)
    return compare.is_worse(published, measured)


if __name__ == "__main__":
    main()
