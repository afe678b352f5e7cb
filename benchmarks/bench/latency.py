"""The time from an event's `ts` until GET /aggregates counts it, at 1,000 events a second."""

from __future__ import annotations

import http.client
import json
import shutil
import time
from collections import defaultdict
from pathlib import Path

import numpy
from pyarrow import parquet

from bench import report
from bench.compare import Compared
from bench.kafka import Broker
from bench.processes import Process
from bench.project import WORK, free_port, job, quarkus

TITLE = "from an event's `ts` until GET /aggregates counts it, at 1,000 events/s"
RATE = 1_000
SECONDS = {"10s": 100, "1s": 60}
COMPARED = Compared(rows=tuple(SECONDS), columns=("median", "p99"))
STARTING = 15
POLL = 0.02

_TEXT = """\
Validator and job run when the first event is sent; /aggregates is requested 50 times a second. Seconds, without the events of
the first 15 s; median of the rounds.

"""


def run(rounds: int, scale: float) -> str:
    results = defaultdict(list)
    with Broker() as broker:
        for number in range(rounds):
            for trigger, seconds in SECONDS.items():
                seconds = max(STARTING + 10, int(seconds * scale))
                results[trigger].append(_measure(broker, f"events-{trigger}-{number}", trigger, seconds))
    return _TEXT + _rows(results)


def _measure(broker: Broker, topic: str, trigger: str, seconds: int) -> numpy.ndarray:
    output = WORK / "latency"
    shutil.rmtree(output, ignore_errors=True)
    broker.create(topic)
    settings = {**broker.settings(topic, output), "TRIGGER_INTERVAL": trigger}
    port = free_port()
    with quarkus("validator-quarkus", port, settings) as validator, job(settings) as streaming:
        validator.await_that(lambda: "Listening on" in validator.text(), "start of the validator")
        streaming.await_that(lambda: "Streaming started" in streaming.text(), "start of the job")
        with broker.producer(topic, str(RATE), RATE * seconds) as producer:
            seen = _poll(port, RATE * seconds, producer)
    return _lags(output / "parquet/run_1", seen)


def _poll(port: int, events: int, producer: Process) -> list[tuple[float, int]]:
    """Returns (time, rows) for each increase of the row count."""
    seen = [(0.0, 0)]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    deadline = time.monotonic() + events / RATE + 120
    while seen[-1][1] < events and time.monotonic() < deadline:
        connection.request("GET", "/aggregates?head=0")
        rows = json.load(connection.getresponse())["totalRows"]
        if rows > seen[-1][1]:
            seen.append((time.time(), rows))
        time.sleep(POLL)
    if seen[-1][1] != events:
        raise RuntimeError(f"only {seen[-1][1]} of {events} events became visible, see {producer.log}")
    return seen


def _lags(run: Path, seen: list[tuple[float, int]]) -> numpy.ndarray:
    """Returns the lag of each event after the first seconds. An event is visible once its whole batch is counted."""
    times, counts = numpy.array(seen).T
    rows = 0
    produced, visible = [], []
    for record in sorted((run / "_ledger").glob("*.json")):
        batch = json.loads(record.read_text())
        rows += batch["rows"]
        when = times[numpy.searchsorted(counts, rows)]
        for file in batch["files"]:
            ts = parquet.read_table(run / file["path"], columns=["ts"])["ts"].to_numpy()
            produced.append(ts.astype("datetime64[us]").astype(numpy.int64) / 1e6)
            visible.append(numpy.full(len(ts), when))
    produced, visible = numpy.concatenate(produced), numpy.concatenate(visible)
    return (visible - produced)[produced > produced.min() + STARTING]


def _rows(results: dict[str, list[numpy.ndarray]]) -> str:
    def quantile(lags: list[numpy.ndarray], q: float) -> str:
        return report.seconds(report.median([float(numpy.quantile(lag, q)) for lag in lags]))

    return report.table(
        ["TRIGGER_INTERVAL", "median", "p99", "max"],
        [[trigger, quantile(lags, 0.5), quantile(lags, 0.99), quantile(lags, 1)] for trigger, lags in results.items()],
    )
