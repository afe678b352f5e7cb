"""GET /aggregates from 50 connections: on a tree that does not change, and while the job writes."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass

import numpy

from bench import report
from bench.compare import Compared
from bench.kafka import Broker
from bench.project import WORK, free_port, job, quarkus
from bench.trees import commit, ledger_run

TITLE = "GET /aggregates from 50 connections"
CONNECTIONS = 50
RATE = 500
SECONDS = 60
WRITTEN_RATE = 1_000
REQUESTS = 100_000
FILES = 5_000
ROWS_A_FILE = 2_000
NEW_FILES = 20
COMPARED = Compared(rows=("p50 ms", "p99 ms", "one new file, median ms", "MiB RSS", "MiB RSS late"), columns=("median",))

_REQUEST = b"GET /aggregates HTTP/1.1\r\nHost: localhost\r\n\r\n"

_WARM_TEXT = """\
### On a tree that does not change

10 million rows in 5,000 files with a ledger, 500 requests/s, each timed from when it was due. One new file: the first request
after a commit of 2,000 rows, and how many files the validator reports that it opened for it. Milliseconds, median of the
rounds.

"""

_WRITING_TEXT = """

### While the job writes

While the producer sends 1,000 events/s and the job writes a batch a second: 100,000 requests, each connection sends its next
one when the last one is answered. Falls: responses with fewer rows than the one before on the same connection. RSS of the
validator after a tenth of the requests, and at the end.

"""


@dataclass(frozen=True)
class Answers:
    """Latencies in seconds; the number of responses other than 200, and of those with fewer rows than the one before."""

    latencies: numpy.ndarray
    errors: int
    falls: int


def run(rounds: int, scale: float) -> str:
    warm, writing = [], []
    for _ in range(rounds):
        warm.append(_warm(scale))
        writing.append(_while_writing(int(REQUESTS * scale)))
    for result in [*warm, *writing]:
        if result["errors"] or result.get("falls"):
            raise RuntimeError(f"some answers were wrong: {result}")
    return _WARM_TEXT + _table(warm) + _WRITING_TEXT + _table(writing)


def _table(results: list[dict[str, float]]) -> str:
    def text(value: float) -> str:
        return f"{value:,.0f}" if value == int(value) else f"{value:.1f}"

    return report.table(["", "median"], [[what, text(report.median([r[what] for r in results]))] for what in results[0]])


def _warm(scale: float) -> dict[str, float]:
    output = WORK / "requests"
    files = int(FILES * scale)
    ledger_run(output, files, ROWS_A_FILE)
    port = free_port()
    with quarkus("validator-quarkus", port, {"OUTPUT_DIR": str(output), "KAFKA_BOOTSTRAP_SERVERS": ""}) as process:
        process.await_that(lambda: "Listening on" in process.text(), "start of the validator")
        rows = _request(port)["totalRows"]
        if rows != files * ROWS_A_FILE:
            raise RuntimeError(f"{rows} rows instead of {files * ROWS_A_FILE}")
        answers = asyncio.run(_load(port, int(RATE * SECONDS * scale), RATE))
        new, opened = [], 0
        for number in range(NEW_FILES):
            commit(output, files + number, ROWS_A_FILE)
            began = time.perf_counter()
            answer = _request(port)
            new.append(time.perf_counter() - began)
            opened = max(opened, answer["files"]["readNow"])
            if answer["totalRows"] != (files + number + 1) * ROWS_A_FILE:
                raise RuntimeError(f"rows are missing after the new file: {answer}")
        rss = process.rss()
    return {
        "requests": len(answers.latencies),
        "errors": answers.errors,
        "p50 ms": float(numpy.quantile(answers.latencies, 0.5)) * 1e3,
        "p99 ms": float(numpy.quantile(answers.latencies, 0.99)) * 1e3,
        "max ms": float(answers.latencies.max()) * 1e3,
        "one new file, median ms": report.median(new) * 1e3,
        "one new file, max ms": max(new) * 1e3,
        "files opened for it, at most": opened,
        "MiB RSS": rss / 2**20,
    }


def _while_writing(requests: int) -> dict[str, float]:
    output = WORK / "requests"
    shutil.rmtree(output, ignore_errors=True)
    with Broker() as broker:
        broker.create("events")
        settings = {**broker.settings("events", output), "TRIGGER_INTERVAL": "1s"}
        port = free_port()
        with (
            quarkus("validator-quarkus", port, settings) as validator,
            job(settings) as streaming,
            broker.producer("events", str(WRITTEN_RATE)),
        ):
            validator.await_that(lambda: "Listening on" in validator.text(), "start of the validator")
            streaming.await_that(lambda: _request(port)["totalRows"], "the first rows")
            before = _request(port)["totalRows"]
            began = time.monotonic()
            first = asyncio.run(_load(port, requests // 10))
            early = validator.rss()
            rest = asyncio.run(_load(port, requests - requests // 10))
            seconds = time.monotonic() - began
            late = validator.rss()
            after = _request(port)["totalRows"]
    answered = len(first.latencies) + len(rest.latencies)
    return {
        "requests": answered,
        "errors": first.errors + rest.errors,
        "falls": first.falls + rest.falls,
        "rows added in that time": after - before,
        "requests/s": answered / seconds,
        "MiB RSS early": early / 2**20,
        "MiB RSS late": late / 2**20,
    }


def _request(port: int) -> dict:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/aggregates?head=0") as response:
        return json.load(response)


async def _load(port: int, requests: int, rate: float | None = None) -> Answers:
    """Sends this many requests over all connections; with a rate (per second), on a fixed schedule."""
    loop = asyncio.get_running_loop()
    numbers = itertools.count()
    began = loop.time() + 0.2
    latencies: list[float] = []
    counts: Counter[str] = Counter()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        last = 0
        while (number := next(numbers)) < requests:
            due = loop.time() if rate is None else began + number / rate
            await asyncio.sleep(max(0.0, due - loop.time()))
            writer.write(_REQUEST)
            status, body = await _answer(reader)
            latencies.append(loop.time() - due)
            if status != 200:
                counts["errors"] += 1
                continue
            rows = json.loads(body)["totalRows"]
            counts["falls"] += rows < last
            last = rows
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return Answers(numpy.array(latencies), counts["errors"], counts["falls"])


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.partition("content-length:")[2].split("\r\n")[0])
    return int(head.split()[1]), await reader.readexactly(length)
