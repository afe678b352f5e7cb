"""How 50,000 committed batches affect the next batch and the validator."""

from __future__ import annotations

import re
import time
import urllib.request
from collections import defaultdict
from pathlib import Path

from bench import report
from bench.compare import Compared
from bench.project import WORK, free_port, job_class, quarkus
from bench.trees import ledger_run

TITLE = "50,000 batches in the ledger"
RECORDS = 50_000
BATCHES = 100
ROWS = 100
COMPARED = Compared(rows=(f"{RECORDS:,}",))
_MEASURED = re.compile(r"Measured\. millis=([0-9.]+), cpuMillis=([0-9.]+)")

_TEXT = """\
The records are simulated, each with one file (a hard link to the same 100 rows). Batches of 100 events, measured after 60
that warm up the process. Milliseconds per batch: the median of the wall time, the mean of the CPU time.

"""


def run(rounds: int, scale: float) -> str:
    records = int(RECORDS * scale)
    batches, answers = defaultdict(list), defaultdict(list)
    for _ in range(rounds):
        for known in (0, records):
            batches[known].append(_batches(_run(known)))
            if known:
                for what, seconds in _validator(_run(known)).items():
                    answers[what].append(seconds)
    return _TEXT + _rows(batches) + _VALIDATOR_TEXT + _answers(answers)


_VALIDATOR_TEXT = """

The validator on the same run, in seconds.

"""


def _run(records: int) -> Path:
    return ledger_run(WORK / "ledger", records, ROWS)


def _batches(output: Path) -> tuple[float, float]:
    with job_class("pipeline.streaming.demo.ManyBatches", {}, str(output), str(BATCHES)) as process:
        process.wait()
    found = _MEASURED.search(process.text())
    if found is None:
        raise RuntimeError(process.text()[-2000:])
    return float(found.group(1)), float(found.group(2))


def _validator(output: Path) -> dict[str, float]:
    port = free_port()
    settings = {"OUTPUT_DIR": str(output), "VALIDATOR_BACKGROUND_WORK": "false", "KAFKA_BOOTSTRAP_SERVERS": ""}
    with quarkus("validator-quarkus", port, settings) as process:
        process.await_that(lambda: "Listening on" in process.text(), "start of the validator")
        return {
            "first GET /aggregates": _request(port, "/aggregates"),
            "GET /aggregates": _request(port, "/aggregates"),
            "first GET /validation": _request(port, "/validation"),
            "GET /validation": _request(port, "/validation"),
            "GET /validation?deep=true": _request(port, "/validation?deep=true"),
        }


def _request(port: int, path: str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as response:
        response.read()
    return time.perf_counter() - began


def _rows(batches: dict[int, list[tuple[float, float]]]) -> str:
    def of(known: int, index: int) -> float:
        return report.median([result[index] for result in batches[known]])

    return report.table(
        ["records before", "ms", "ratio", "CPU ms", "ratio"],
        [
            [
                f"{known:,}",
                f"{of(known, 0):.1f}",
                f"{of(known, 0) / of(0, 0):.2f}",
                f"{of(known, 1):.1f}",
                f"{of(known, 1) / of(0, 1):.2f}",
            ]
            for known in batches
        ],
    )


def _answers(answers: dict[str, list[float]]) -> str:
    rows = [[what, report.seconds(report.median(seconds))] for what, seconds in answers.items()]
    return report.table(["request", "s"], rows)
