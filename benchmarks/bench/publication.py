"""Compares publication with Spark's own Parquet sink, both without averages and with the same decoder."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict
from pathlib import Path

from bench import report
from bench.compare import Compared
from bench.kafka import Broker
from bench.processes import Usage
from bench.project import WORK, job_class
from bench.streaming import committed, is_published

TITLE = "what exactly-once publication costs compared with Spark's own Parquet sink, 5 million preloaded events"
EVENTS = 5_000_000
OURS = "publisher"
SINK = "Spark's sink"
COMPARED = Compared(rows=(OURS,))

_TEXT = """\
Both as cold processes, in batches of 1.5 million events. CPU seconds are those until the process ends, wall seconds
those until the last commit.

"""


def run(rounds: int, scale: float) -> str:
    events = int(EVENTS * scale)
    results = defaultdict(list)
    with Broker() as broker:
        broker.preload("events", events)
        for _ in range(rounds):
            for name in (OURS, SINK):
                results[name].append(_measure(name, broker, events))
    return _TEXT + _rows(results)


def _measure(name: str, broker: Broker, events: int) -> tuple[float, Usage]:
    output = WORK / "publication"
    shutil.rmtree(output, ignore_errors=True)
    main = "pipeline.streaming.demo." + ("PublisherAlone" if name == OURS else "SparkParquetSink")
    with job_class(main, {**broker.settings("events", output), "TRIGGER_INTERVAL": "1s"}) as process:
        process.await_that(lambda: _is_done(name, output, events), f"{name}: {events} events")
        wall = time.monotonic() - process.began
        return wall, process.stop()


def _is_done(name: str, output: Path, events: int) -> bool:
    return is_published(output, events) if name == OURS else committed(output / "checkpoint") == events


def _rows(results: dict[str, list[tuple[float, Usage]]]) -> str:
    def cpu(name: str) -> float:
        return report.median([usage.cpu for _, usage in results[name]])

    def wall(name: str) -> float:
        return report.median([seconds for seconds, _ in results[name]])

    return report.table(
        ["", "CPU s", "ratio", "wall s", "ratio"],
        [
            [
                name,
                report.seconds(cpu(name)),
                f"{cpu(name) / cpu(SINK):.2f}",
                report.seconds(wall(name)),
                f"{wall(name) / wall(SINK):.2f}",
            ]
            for name in results
        ],
    )
