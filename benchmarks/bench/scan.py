"""GET /aggregates on trees that the validator has not read yet, compared with DuckDB, Polars and pandas with pyarrow."""

from __future__ import annotations

import datetime
import json
import math
import shutil
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import report
from bench.compare import Compared
from bench.kafka import Broker
from bench.processes import Process
from bench.project import WORK, free_port, job, python, quarkus
from bench.streaming import is_published
from bench.trees import create_once, pyarrow_tree, spark_tree, tree

TITLE = "GET /aggregates on a Parquet tree"
PEERS = {
    "duckdb": "DuckDB",
    "duckdb-short": "DuckDB, count and mean only",
    "polars": "Polars",
    "pandas": "pandas + pyarrow",
    "pandas-columns": "pandas, three columns only",
}
COMPARED = Compared(rows=("validator",), rounds=3)

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Case:
    name: str
    big: Path
    small: Path


@dataclass(frozen=True)
class Answer:
    wall: float
    cpu: float
    groups: dict[int, tuple[float, ...]]
    """For each id: count, mean, smallest and largest value, first and last ts in microseconds."""


def run(rounds: int, scale: float) -> str:
    sections = []
    for case in cases(scale):
        first, warmed = defaultdict(list), defaultdict(list)
        for _ in range(rounds):
            for name in ("validator", *PEERS):
                ask = validator if name == "validator" else peer
                first[name].append(ask(name, [case.big])[0])
                warmed[name].append(ask(name, [case.small, case.big])[1])
        for name in PEERS:
            for ours, theirs in zip(warmed["validator"] + first["validator"], warmed[name] + first[name], strict=True):
                require_equal(ours, theirs, f"{case.name}: validator and {name}")
        files = sum(1 for _ in case.big.glob("id=*/*.parquet"))
        sections.append(f"### {case.name}\n\n{files:,} files.\n\n{rows(warmed, first)}")
    return _TEXT + "\n\n".join(sections)


_TEXT = """\
"warmed": in a new process that has read one smaller tree (a tenth) of the same kind; "first": the first request of a new
process. Seconds; the ratio is the row's time divided by DuckDB's. All give count, mean, smallest and largest value, first and
last ts, except the row that says so. pandas reads the whole frame, as one would first write it, or only the needed columns. The
validator is measured over HTTP. All results are equal, the means within 1e-12.

"""


def cases(scale: float) -> list[Case]:
    def sized(create: Callable[[int, int], Path], rows: int, files: int) -> Path:
        return create(int(rows * scale), max(5, int(files * scale)))

    def both(name: str, create: Callable[[int, int], Path], rows: int, files: int) -> Case:
        return Case(name, sized(create, rows, files), sized(create, rows // 10, files // 10))

    ours = job_output(int(200_000 * scale))
    return [
        both("(a) 10 million rows in 50 files", tree, 10_000_000, 50),
        both("(b) 500,000 rows in 5,000 files", tree, 500_000, 5_000),
        Case("(c) the job's own output, 200,000 events at a trigger of 1 s", ours, sized(tree, 20_000, 50)),
        both("(d) 10 million rows, written by pyarrow with its defaults", pyarrow_tree, 10_000_000, 50),
        both("(e) 10 million rows, written by Spark with its defaults", spark_tree, 10_000_000, 50),
    ]


def job_output(events: int) -> Path:
    """Returns a run that the job wrote with one batch per second; it is created once."""

    def create(folder: Path) -> None:
        with Broker() as broker:
            broker.create("events")
            settings = {**broker.settings("events", folder), "TRIGGER_INTERVAL": "1s"}
            with job(settings) as streaming, broker.producer("events", "2000", events) as producer:
                producer.wait()
                streaming.await_that(lambda: is_published(folder, events), "publication of all events")

    return create_once(f"job-{events}-events", create) / "parquet" / "run_1"


def validator(_: str, trees: list[Path]) -> list[Answer]:
    output = WORK / "scan"
    shutil.rmtree(output, ignore_errors=True)
    (output / "parquet").mkdir(parents=True)
    for number, folder in enumerate(trees):
        (output / "parquet" / f"run_{number}").symlink_to(folder)
    port = free_port()
    # The validator must not read anything before the request.
    settings = {"OUTPUT_DIR": str(output), "VALIDATOR_BACKGROUND_WORK": "false", "KAFKA_BOOTSTRAP_SERVERS": ""}
    with quarkus("validator-quarkus", port, settings) as process:
        process.await_that(lambda: "Listening on" in process.text(), "start of the validator")
        return [_request(process, port, f"run_{number}") for number in range(len(trees))]


def _request(process: Process, port: int, run: str) -> Answer:
    wall, cpu = time.perf_counter(), process.cpu()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/aggregates?run={run}&head=0") as response:
        answer = json.load(response)
    wall, cpu = time.perf_counter() - wall, process.cpu() - cpu
    if answer["status"] == "NO_DATA" or answer["files"]["unreadable"]:
        raise RuntimeError(f"{run}: {answer['message']}")
    return Answer(wall, cpu, {group["id"]: _group(group) for group in answer["perId"]})


def _group(group: dict) -> tuple[float, ...]:
    first, last = (_micros(group[name]) for name in ("firstTs", "lastTs"))
    return group["count"], group["mean"], group["min"], group["max"], first, last


def _micros(ts: str) -> int:
    return (datetime.datetime.fromisoformat(ts) - _EPOCH) // datetime.timedelta(microseconds=1)


def peer(name: str, trees: list[Path]) -> list[Answer]:
    with python("scan.py", name, *trees, name=f"scan-{name}") as process:
        if process.wait().status != 0:
            raise RuntimeError(process.text())
        lines = map(json.loads, process.text().splitlines())
        return [
            Answer(line["wall"], line["cpu"], {int(key): tuple(group) for key, group in line["groups"].items()})
            for line in lines
        ]


def require_equal(ours: Answer, other: Answer, what: str) -> None:
    same = ours.groups.keys() == other.groups.keys() and all(
        ours.groups[key][0] == count
        and math.isclose(ours.groups[key][1], mean, rel_tol=1e-12)
        and list(rest) in ([], list(ours.groups[key][2:]))
        for key, (count, mean, *rest) in other.groups.items()
    )
    if not same:
        raise RuntimeError(f"{what} differ: {ours.groups} {other.groups}")


def rows(warmed: dict[str, list[Answer]], first: dict[str, list[Answer]]) -> str:
    def wall(answers: list[Answer]) -> float:
        return report.median([answer.wall for answer in answers])

    lines = []
    for name, answers in warmed.items():
        lines.append(
            [
                PEERS.get(name, name),
                report.seconds(wall(answers)),
                f"{wall(answers) / wall(warmed['duckdb']):.2f}",
                report.seconds(report.median([answer.cpu for answer in answers])),
                report.seconds(wall(first[name])),
                f"{wall(first[name]) / wall(first['duckdb']):.2f}",
                report.seconds(report.median([answer.cpu for answer in first[name]])),
            ]
        )
    return report.table(["", "warmed", "ratio", "CPU", "first", "ratio", "CPU"], lines)
