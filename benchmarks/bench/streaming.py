"""Compares the job with PySpark: a full topic, a cold process, until both outputs are committed."""

from __future__ import annotations

import functools
import json
import shutil
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import report
from bench.compare import Compared
from bench.kafka import Broker
from bench.processes import Process
from bench.project import SPARK_JARS, WORK, job, python

TITLE = "1 million preloaded events, from the start of a cold process until both outputs are committed"
OURS = "streaming-spark"
PLAIN = "PySpark, plain"
BOUNDED = "PySpark, bounded"
TUNED = "PySpark, tuned"
COMPARED = Compared(rows=(PLAIN, BOUNDED, TUNED))
_FLAGS = {PLAIN: [], BOUNDED: ["--bounded"], TUNED: ["--tuned"]}


@dataclass(frozen=True)
class Result:
    wall: float
    cpu: float
    peak_rss: int
    files: int
    content: object


def run(rounds: int, scale: float) -> str:
    return compare(int(1_000_000 * scale), rounds)


def compare(events: int, rounds: int) -> str:
    results = defaultdict(list)
    with Broker() as broker:
        broker.preload("events", events)
        for _ in range(rounds):
            for name in (OURS, PLAIN, BOUNDED, TUNED):
                results[name].append(measure(name, events, functools.partial(start, name, broker, "events")))
    return _TEXT + rows(events, results)


_TEXT = """\
CPU seconds are those of the whole process tree until its end after SIGTERM, wall seconds those until the last commit. The
ratios are ours divided by theirs (CPU, wall). The plain job takes everything that is waiting as one batch; the bounded one is
the same in batches of 500,000 events. The tuned one has 2 shuffle partitions, update mode, a trigger of 10 s and logs at WARN.

"""


def measure(
    name: str, events: int, start: Callable[[Path], Process], content: Callable[[Path], object] = lambda output: None
) -> Result:
    """Measures a process that writes to the folder that it gets, which is deleted then.

    :param content: reads what the result keeps of it
    """
    output = WORK / "streaming"
    shutil.rmtree(output, ignore_errors=True)
    with start(output) as process:
        process.await_that(lambda: is_done(name, output, events), f"{name}: {events} events")
        wall = time.monotonic() - process.began
        usage = process.stop()
    files = sum(1 for _ in output.glob("parquet/run_1/*=*/**/*.parquet"))
    result = Result(wall, usage.cpu, usage.peak_rss, files, content(output))
    shutil.rmtree(output)
    print(f"{name}: {events:,} events, {usage.cpu:.1f} CPU s, {wall:.1f} s", flush=True)
    return result


def start(name: str, broker: Broker, topic: str, output: Path) -> Process:
    if name == OURS:
        return job(broker.settings(topic, output))
    return pyspark("streaming.py", broker.bootstrap, topic, output, *_FLAGS[name], name=name)


def pyspark(script: str, *arguments: object, name: str) -> Process:
    jars = ",".join(map(str, connector_jars()))
    environment = {"PYSPARK_SUBMIT_ARGS": f"--jars {jars} pyspark-shell", "SPARK_LOCAL_IP": "127.0.0.1"}
    return python(script, *arguments, env=environment, name=name)


def connector_jars() -> list[Path]:
    """Spark's Kafka connector and its dependencies, which `--packages` would download, from our job's libraries."""
    wanted = ("spark-sql-kafka-0-10_", "spark-token-provider-kafka-0-10_", "kafka-clients-", "commons-pool2-")
    return [jar for jar in sorted(SPARK_JARS.iterdir()) if jar.name.startswith(wanted)]


def is_done(name: str, output: Path, events: int) -> bool:
    run = output / "parquet/run_1"
    if name == OURS:
        return is_published(output, events) and committed(run / "_chk/averages") == events
    return committed(run / "_chk") == events and committed(output / "console_chk") == events


def is_published(output: Path, events: int) -> bool:
    """Returns whether the ledger's newest record ends after this many events."""
    records = sorted((output / "parquet/run_1/_ledger").glob("*.json"))
    if not records:
        return False
    return sum(offsets["until"] for offsets in json.loads(records[-1].read_text())["offsets"].values()) == events


def committed(checkpoint: Path) -> int:
    """Returns the sum of the offsets of the last committed batch in a Spark checkpoint."""
    batches = [int(commit.name) for commit in (checkpoint / "commits").glob("[0-9]*") if commit.name.isdigit()]
    if not batches:
        return 0
    offsets = (checkpoint / "offsets" / str(max(batches))).read_text().splitlines()[-1]
    return sum(sum(partitions.values()) for partitions in json.loads(offsets).values())


def rows(events: int, results: dict[str, list[Result]]) -> str:
    def of(name: str, what: str) -> float:
        return report.median_of(results[name], what)

    lines = []
    for name in results:
        lines.append(
            [
                name,
                report.seconds(of(name, "cpu")),
                f"{of(OURS, 'cpu') / of(name, 'cpu'):.2f}",
                report.seconds(of(name, "wall")),
                f"{of(OURS, 'wall') / of(name, 'wall'):.2f}",
                f"{events / of(name, 'wall'):,.0f}",
                int(of(name, "files")),
                report.mib(of(name, "peak_rss")),
            ]
        )
    return report.table(["", "CPU s", "ratio", "wall s", "ratio", "events/s", "files", "MiB RSS"], lines)
