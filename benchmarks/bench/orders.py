"""Like `streaming`, with orders, which the job reads with a schema file, and PySpark with `from_json`."""

from __future__ import annotations

import functools
from collections import defaultdict
from pathlib import Path

import duckdb

from bench import streaming
from bench.compare import Compared
from bench.kafka import Broker
from bench.processes import Process
from bench.project import ROOT, job
from bench.streaming import OURS, PLAIN, TUNED, Result

TITLE = "1 million preloaded orders, with a nested object and a list, otherwise like `streaming`"
COMPARED = Compared(rows=(PLAIN, TUNED))
_SCHEMA = ROOT / "events/src/test/resources/pipeline/events/schema/sample/orders.schema.json"
_ENVIRONMENT = {"EVENT_SCHEMA_FILE": str(_SCHEMA)}
_FLAGS = {PLAIN: [], TUNED: ["--tuned"]}

_TEXT = """\
Random orders of 12 fields, one of them an object and one a list of objects, in folders by currency and day. The job checks the
rules of their schema, and keeps what it rejects and fields that the schema does not know. PySpark uses `from_json`, with a
column for corrupt records and a filter on it, and checks only the types. The tuned one has 2 shuffle partitions, update mode, a
trigger of 10 s and logs at WARN. All wrote the same number of rows, with the same sums.

"""

#: What all outputs must agree on: how many orders there are of each currency, and something of each kind of column.
_CONTENT = """\
    SELECT currency, count(*), sum(order_id), sum(round(amount * 100)), min(epoch_us(created_at)), max(epoch_us(created_at)),
        count(shipped_at), count(coupon), sum(length(note)), count(DISTINCT customer.id), sum(len(items)),
        sum(list_sum(list_transform(items, item -> item.quantity))), count(*) FILTER (paid), max(day)
    FROM read_parquet('{}', hive_partitioning = true) GROUP BY currency ORDER BY currency
"""


def run(rounds: int, scale: float) -> str:
    events = int(1_000_000 * scale)
    results = defaultdict(list)
    with Broker() as broker:
        broker.preload("orders", events, _ENVIRONMENT)
        for _ in range(rounds):
            for name in (OURS, PLAIN, TUNED):
                start = functools.partial(_start, name, broker)
                results[name].append(streaming.measure(name, events, start, _content))
    _require_same(results, events)
    return _TEXT + streaming.rows(events, results)


def _require_same(results: dict[str, list[Result]], events: int) -> None:
    first = results[OURS][0].content
    if sum(orders for _, orders, *_ in first) != events:
        raise RuntimeError(f"{OURS} wrote {first} of {events} orders")
    for name in results:
        for result in results[name]:
            if result.content != first:
                raise RuntimeError(f"{name} wrote {result.content}, {OURS} {first}")


def _start(name: str, broker: Broker, output: Path) -> Process:
    if name == OURS:
        return job({**broker.settings("orders", output), **_ENVIRONMENT})
    return streaming.pyspark("orders.py", broker.bootstrap, "orders", output, *_FLAGS[name], name=name)


def _content(output: Path) -> list[tuple]:
    return duckdb.sql(_CONTENT.format(output / "parquet/run_1/*=*/*=*/*.parquet")).fetchall()
