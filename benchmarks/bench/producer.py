"""How exact the producer's pace is, and its maximum rate compared with Kafka's own performance tool."""

from __future__ import annotations

import datetime
import json
import random
import re
import time
import urllib.request
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bench import report
from bench.compare import Compared
from bench.kafka import Broker, totals
from bench.processes import Process
from bench.project import JAVA, KAFKA_CLASS_PATH, WORK, free_port, log, quarkus

TITLE = "its pace and its maximum"
SECONDS = {5: 40, 1_000: 20, 50_000: 40}
MAX_EVENTS = 2_000_000
OURS = "producer"
TOOL = "ProducerPerformance"
COMPARED = Compared(rows=(OURS,))
_ACKED = re.compile(r"^producer_events_acked_total\S* ([0-9.E+]+)", re.MULTILINE)

_TEXT = """\
Pace: events that Kafka acknowledged, from 5 s after the first one to the end, by the monotonic clock. RSS: at 5 s, and the
maximum after that.

"""


@dataclass(frozen=True)
class Paced:
    rate: float
    lost: int
    cpu_share: float
    early_rss: int
    peak_rss: int


def run(rounds: int, scale: float) -> str:
    paced, maximum = defaultdict(list), defaultdict(list)
    with Broker() as broker:
        for number in range(rounds):
            for rate, seconds in SECONDS.items():
                paced[rate].append(_pace(broker, f"paced-{rate}-{number}", rate, max(10, seconds * scale)))
            topics = (f"max-{number}", f"tool-{number}")
            for name, measure, topic in ((OURS, _maximum, topics[0]), (TOOL, _tool, topics[1])):
                broker.create(topic)
                maximum[name].append(measure(broker, topic, int(MAX_EVENTS * scale)))
    return _TEXT + _paced_rows(paced) + _MAX_TEXT + _max_rows(maximum, int(MAX_EVENTS * scale))


_MAX_TEXT = """

`MSGS_PER_SEC=max`, compared with Kafka's ProducerPerformance with events of the same size and text, and the same acks,
idempotence, compression, linger and batch size. ProducerPerformance sends no keys and no headers, and generates no events. Wall
and CPU time are those of the process, including its start.

"""


def _pace(broker: Broker, topic: str, rate: int, seconds: float) -> Paced:
    broker.create(topic)
    port = free_port()
    settings = {**broker.settings(topic), "MSGS_PER_SEC": str(rate)}
    with quarkus("producer-quarkus", port, settings) as process:
        process.await_that(lambda: _acked(port) > 0, "the first event")
        time.sleep(5)
        early_rss, cpu = process.rss(), process.cpu()
        process.peak_rss = 0
        began, before = time.monotonic(), _acked(port)
        time.sleep(seconds)
        ended, after = time.monotonic(), _acked(port)
        cpu = (process.cpu() - cpu) / (ended - began)
        usage = process.stop()
    counts = totals(process)
    lost = counts["sent"] - counts["acked"] + counts["skipped"]
    return Paced((after - before) / (ended - began), lost, cpu, early_rss, usage.peak_rss)


def _acked(port: int) -> float:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/q/metrics") as response:
            found = _ACKED.search(response.read().decode())
    except OSError:
        return 0
    return float(found.group(1)) if found else 0


def _maximum(broker: Broker, topic: str, events: int) -> tuple[float, float]:
    with broker.producer(topic, "max", events) as process:
        usage = process.wait()
    if totals(process)["acked"] != events:
        raise RuntimeError(process.text())
    return usage.wall, usage.cpu


def _tool(broker: Broker, topic: str, events: int) -> tuple[float, float]:
    settings = [
        f"bootstrap.servers={broker.bootstrap}",
        "acks=all",
        "enable.idempotence=true",
        "compression.type=gzip",
        "compression.gzip.level=1",
        "linger.ms=5",
        "batch.size=65536",
    ]
    command = [JAVA, "-cp", KAFKA_CLASS_PATH, "-Dlog4j2.level=WARN", "org.apache.kafka.tools.ProducerPerformance"]
    command += ["--topic", topic, "--num-records", str(events), "--throughput", "-1"]
    command += ["--payload-file", str(_payloads()), "--producer-props", *settings]
    with Process(command, log("ProducerPerformance")) as process:
        usage = process.wait()
    if usage.status != 0:
        raise RuntimeError(process.text())
    return usage.wall, usage.cpu


def _payloads() -> Path:
    file = WORK / "payloads.jsonl"
    start = datetime.datetime.now(datetime.UTC)
    with file.open("w") as out:
        for number in range(20_000):
            ts = (start + datetime.timedelta(microseconds=20 * number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            event = {"id": random.randrange(5), "ts": ts, "value": random.uniform(0, 100), "source": "sim-producer"}
            out.write(json.dumps(event, separators=(",", ":")) + "\n")
    return file


def _paced_rows(paced: dict[int, list[Paced]]) -> str:
    def of(rate: int, what: str) -> float:
        return report.median_of(paced[rate], what)

    return report.table(
        ["target events/s", "sent", "off by %", "lost or skipped", "cores", "MiB RSS", "max"],
        [
            [
                f"{rate:,}",
                f"{of(rate, 'rate'):,.2f}",
                f"{max(abs(result.rate / rate - 1) for result in paced[rate]) * 100:.2f}",
                sum(result.lost for result in paced[rate]),
                f"{of(rate, 'cpu_share'):.2f}",
                report.mib(of(rate, "early_rss")),
                report.mib(of(rate, "peak_rss")),
            ]
            for rate in paced
        ],
    )


def _max_rows(maximum: dict[str, list[tuple[float, float]]], events: int) -> str:
    def of(name: str, index: int) -> float:
        return report.median([result[index] for result in maximum[name]])

    return report.table(
        ["", "wall s", "ratio", "events/s", "CPU s", "ratio", "µs CPU per event"],
        [
            [
                name,
                report.seconds(of(name, 0)),
                f"{of(name, 0) / of(TOOL, 0):.2f}",
                f"{events / of(name, 0):,.0f}",
                report.seconds(of(name, 1)),
                f"{of(name, 1) / of(TOOL, 1):.2f}",
                f"{of(name, 1) / events * 1e6:.1f}",
            ]
            for name in maximum
        ],
    )
