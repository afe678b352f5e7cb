"""Parquet trees with folders id=<id>: as the job writes them (zstd, no nulls, no dictionaries for measured values), and as
pyarrow and Spark do by default. Each is created once."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import numpy
import pyarrow
from pyarrow import parquet

from bench.project import WORK, python

IDS = 5
_SCHEMA = pyarrow.schema(
    [
        pyarrow.field("ts", pyarrow.timestamp("us", tz="UTC"), nullable=False),
        pyarrow.field("value", pyarrow.float64(), nullable=False),
        pyarrow.field("source", pyarrow.string(), nullable=False),
        pyarrow.field("kafka_partition", pyarrow.int32(), nullable=False),
        pyarrow.field("kafka_offset", pyarrow.int64(), nullable=False),
    ]
)


def tree(rows: int, files: int) -> Path:
    """Returns the folder of a tree with this many rows and files, as the job writes them."""
    options = {"compression": "zstd", "use_dictionary": ["source", "kafka_partition"]}
    return create_once(f"{rows}-rows-{files}-files", lambda folder: _fill(folder, rows, files, _SCHEMA, options))


def pyarrow_tree(rows: int, files: int) -> Path:
    """Returns the same tree as pyarrow writes it by default: snappy, dictionaries for all columns, nullable columns."""
    schema = pyarrow.schema([field.with_nullable(True) for field in _SCHEMA])
    return create_once(f"pyarrow-{rows}-rows-{files}-files", lambda folder: _fill(folder, rows, files, schema, {}))


def spark_tree(rows: int, files: int) -> Path:
    """Returns the rows of such a tree as Spark writes them by default, with INT96 for `ts`; Spark chooses how many files."""
    source = pyarrow_tree(rows, files)
    return create_once(f"spark-{rows}-rows", lambda folder: _rewrite(source, folder))


def create_once(name: str, create: Callable[[Path], None]) -> Path:
    """Returns the folder with this name, which is created only if it does not exist yet."""
    folder = WORK / "trees" / name
    if not folder.exists():
        making = folder.with_name(folder.name + ".making")
        shutil.rmtree(making, ignore_errors=True)
        create(making)
        making.rename(folder)
    return folder


def _fill(folder: Path, rows: int, files: int, schema: pyarrow.Schema, options: dict[str, object]) -> None:
    for number in range(files):
        path = folder / f"id={number % IDS}" / f"part-{number // IDS:010}-0.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(_table(rows // files, number, schema), path, **options)


def _table(rows: int, seed: int, schema: pyarrow.Schema) -> pyarrow.Table:
    random = numpy.random.default_rng(seed)
    first = int(time.time() - 86400) * 1_000_000 + seed * rows * 100
    ts = first + numpy.sort(random.integers(0, rows * 100, rows))
    columns = [
        pyarrow.array(ts, pyarrow.timestamp("us", tz="UTC")),
        pyarrow.array(random.uniform(0, 100, rows)),
        pyarrow.array(["sim-producer"] * rows),
        pyarrow.array(numpy.full(rows, seed % 3, numpy.int32)),
        pyarrow.array(numpy.arange(seed * rows, (seed + 1) * rows)),
    ]
    return pyarrow.table(columns, schema)


def _rewrite(source: Path, target: Path) -> None:
    with python("rewrite.py", source, target, env={"SPARK_LOCAL_IP": "127.0.0.1"}) as process:
        if process.wait().status != 0:
            raise RuntimeError(process.text()[-2000:])


def ledger_run(output: Path, records: int, rows: int) -> Path:
    """Creates and returns an output folder with a run of this many batches, each with one file of this many rows."""
    shutil.rmtree(output, ignore_errors=True)
    run = output / "parquet/run_1"
    (run / "_ledger").mkdir(parents=True)
    (run / "id=0").mkdir()
    for seq in range(records):
        commit(output, seq, rows)
    return output


def commit(output: Path, seq: int, rows: int) -> None:
    """Adds a batch to such a run. All batches link to the same file."""
    run = output / "parquet/run_1"
    source = sorted((tree(rows * IDS, IDS) / "id=0").iterdir())[0]
    name = f"part-{seq:010}-0.parquet"
    os.link(source, run / "id=0" / name)
    offsets = {"0": {"from": seq * rows, "until": (seq + 1) * rows}}
    offsets |= {partition: {"from": 0, "until": 0} for partition in ("1", "2")}
    record = {
        "version": 1,
        "seq": seq,
        "committedAt": "2026-01-01T00:00:00Z",
        "topic": "events",
        "topicId": "topic-id",
        "clusterId": "cluster",
        "offsets": offsets,
        "gaps": [],
        "events": rows,
        "rows": rows,
        "rejected": 0,
        "files": [{"path": f"id=0/{name}", "rows": rows, "bytes": source.stat().st_size}],
        "rejectedFiles": [],
    }
    prepared = output / "record.json"
    prepared.write_text(json.dumps(record))
    prepared.rename(run / "_ledger" / f"{seq:010}.json")
