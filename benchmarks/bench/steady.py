"""20 events a second for five minutes: what the job and its peers use when there is little to do."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy
from pyarrow import parquet

from bench import report
from bench.compare import Compared
from bench.kafka import Broker, totals
from bench.project import WORK
from bench.streaming import OURS, PLAIN, TUNED, is_done, start

TITLE = "20 events/s for five minutes, from the start of a cold process"
RATE = 20
SECONDS = 300
COMPARED = Compared(rows=(PLAIN, TUNED))
STARTING = 30
"""Seconds that every process has to start; the lag of these events is not counted."""

_TEXT = """\
CPU seconds of the whole process tree, including its start. Lag: from an event's `ts` until its file is complete under its final
name, without the first 30 s. The peers' files are visible before they are committed, ours when they are. The ratios are ours
divided by theirs.

"""


@dataclass(frozen=True)
class Result:
    cpu: float
    peak_rss: int
    files: int
    median: float
    p99: float


def run(rounds: int, scale: float) -> str:
    results = defaultdict(list)
    with Broker() as broker:
        for number in range(rounds):
            for index, name in enumerate((OURS, PLAIN, TUNED)):
                results[name].append(_measure(name, broker, f"events-{number}-{index}", max(2, int(SECONDS * scale))))
    return _TEXT + _rows(results)


def _measure(name: str, broker: Broker, topic: str, seconds: int) -> Result:
    output = WORK / "steady"
    shutil.rmtree(output, ignore_errors=True)
    broker.create(topic)
    began = time.time()
    with start(name, broker, topic, output) as process, broker.producer(topic, str(RATE), RATE * seconds) as producer:
        producer.wait()
        events = totals(producer)["acked"]
        process.await_that(lambda: is_done(name, output, events), f"{name}: {events} events")
        usage = process.stop()
    print(f"{name}: {events:,} events, {usage.cpu:.1f} CPU s", flush=True)
    files = list(output.glob("parquet/run_1/id=*/*.parquet"))
    lags = numpy.concatenate([_lags(name, file, began) for file in files])
    lags = lags if len(lags) else numpy.array([numpy.nan])
    return Result(usage.cpu, usage.peak_rss, len(files), float(numpy.median(lags)), float(numpy.quantile(lags, 0.99)))


def _lags(name: str, file: Path, began: float) -> numpy.ndarray:
    """A rename changes a file's ctime. Spark's own sink writes in place, so the mtime is that of the last write."""
    status = file.stat()
    visible = status.st_ctime if name == OURS else status.st_mtime
    ts = parquet.read_table(file, columns=["ts"])["ts"].to_numpy().astype("datetime64[us]").astype(numpy.int64) / 1e6
    return visible - ts[ts > began + STARTING]


def _rows(results: dict[str, list[Result]]) -> str:
    def of(name: str, what: str) -> float:
        return report.median_of(results[name], what)

    return report.table(
        ["", "CPU s", "ratio", "files", "ratio", "lag median s", "lag p99 s", "MiB RSS"],
        [
            [
                name,
                report.seconds(of(name, "cpu")),
                f"{of(OURS, 'cpu') / of(name, 'cpu'):.2f}",
                int(of(name, "files")),
                f"{of(OURS, 'files') / of(name, 'files'):.2f}",
                report.seconds(of(name, "median")),
                report.seconds(of(name, "p99")),
                report.mib(of(name, "peak_rss")),
            ]
            for name in results
        ],
    )
