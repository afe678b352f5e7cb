"""Resident memory of ./pipeline and each of its components at 1,000 events a second."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict

from bench import report
from bench.compare import Compared
from bench.processes import Process
from bench.project import ROOT, WORK, free_port, log

TITLE = "resident memory of ./pipeline at 1,000 events/s, two minutes"
MARKS = {
    # Also what formats its folder.
    "broker": " kafka.",
    "producer": "producer-quarkus",
    "job": "streaming-spark",
    "validator": "validator-quarkus",
    "launcher": "launcher.jar",
}
COMPARED = Compared(rows=(*MARKS, "all"), columns=("MiB",))

_TEXT = "Maximum in MiB, sampled every half second.\n\n"


def run(rounds: int, scale: float) -> str:
    results = [_measure(max(30, int(120 * scale))) for _ in range(rounds)]
    rows = [[part, report.mib(report.median([result[part] for result in results]))] for part in (*MARKS, "all")]
    return _TEXT + report.table(["part", "MiB"], rows)


def _measure(seconds: int) -> dict[str, int]:
    data = WORK / "memory"
    shutil.rmtree(data, ignore_errors=True)
    ports = {name: str(free_port()) for name in ("KAFKA_PORT", "PRODUCER_PORT", "VALIDATOR_PORT")}
    command = [str(ROOT / "pipeline"), "--data", str(data), "--rate", "1000", "--for", f"{seconds}s"]
    most: dict[str, int] = defaultdict(int)
    with Process(command, log("pipeline"), ports) as process:
        while process.is_alive():
            seen = _by_part(process)
            for part, size in {**seen, "all": sum(seen.values())}.items():
                most[part] = max(most[part], size)
            time.sleep(0.5)
        if process.wait().status != 0 or not all(most[part] for part in MARKS):
            raise RuntimeError(process.text()[-2000:])
    return most


def _by_part(process: Process) -> dict[str, int]:
    seen: dict[str, int] = defaultdict(int)
    for command, size in process.memory():
        # The broker's command line contains launcher.jar, too, so the launcher comes last.
        part = next((part for part, mark in MARKS.items() if mark in command), None)
        if part is not None:
            seen[part] += size
    return seen
