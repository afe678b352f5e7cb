"""Reads the two tables of a run as a user of PyIceberg or Spark does: tables.py READER CATALOG RUN

CATALOG is the properties file of the job. The readers pyiceberg and spark print each row as a line of JSON, with
times in microseconds. The reader `counts`, which is PyIceberg too, prints for each line of its input how many rows each
table has, and how many of their offsets are there more than once; or an error while there is no catalog or no table.
"""

import json
import sys
import time
from pathlib import Path

NAMESPACE = "pipeline"
JARS = Path(__file__).parents[7] / "streaming-spark/target/iceberg"

# The readers share the machine with what they watch.
PAUSE_SECONDS = 0.5
# Counting needs only the table's metadata, but whether an offset is there twice is in all of its files.
SECONDS_BETWEEN_OFFSETS = 10


def properties(file):
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


def catalog(config):
    from pyiceberg.catalog.sql import SqlCatalog

    url = config["uri"].removeprefix("jdbc:")
    if url.startswith("sqlite:"):
        url = url.replace("sqlite:", "sqlite:///") + "?timeout=30"
    else:
        url = url.replace("postgresql://", f"postgresql+psycopg2://{config['jdbc.user']}@")
    return SqlCatalog("pipeline", uri=url, warehouse=config["warehouse"], init_catalog_tables="false")


def offsets(tables):
    import pyarrow

    columns = ["kafka_partition", "kafka_offset"]
    return pyarrow.concat_tables([table.scan(selected_fields=columns).to_arrow().select(columns) for table in tables])


def count(config, run, with_offsets):
    source = catalog(config)
    try:
        # Rejected events are published last, so this order may miss some, but never counts one too many.
        tables = [source.load_table((NAMESPACE, name + run)) for name in ("rejected_", "run_")]
    finally:
        source.close()
    counts = {name: table.scan().count() for name, table in zip(("rejected", "rows"), tables, strict=True)}
    if with_offsets:
        rows = offsets(tables)
        counts["offsets"] = rows.num_rows
        counts["twice"] = rows.num_rows - rows.group_by(rows.column_names).aggregate([]).num_rows
    return counts


def counts(config, run):
    from pyiceberg.exceptions import NoSuchTableError
    from sqlalchemy.exc import DBAPIError

    last_offsets = 0
    for line in sys.stdin:
        answer = {}
        with_offsets = "offsets" in line or time.monotonic() - last_offsets > SECONDS_BETWEEN_OFFSETS
        try:
            answer = count(config, run, with_offsets)
            last_offsets = time.monotonic() if with_offsets else last_offsets
        except (NoSuchTableError, DBAPIError) as e:
            answer = {"error": str(e).splitlines()[0]}
        print(json.dumps(answer), flush=True)
        time.sleep(PAUSE_SECONDS)


def text(row):
    row = {name: value for name, value in row.items() if value is not None}
    return json.dumps(row, default=lambda value: value.hex() if isinstance(value, bytes) else str(value))


def pyiceberg(config, run):
    source = catalog(config)
    for name in ("run_", "rejected_"):
        rows = source.load_table((NAMESPACE, name + run)).scan().to_arrow()
        if "ts" in rows.column_names:
            rows = rows.set_column(rows.column_names.index("ts"), "ts", rows["ts"].cast("int64"))
        for row in rows.drop_columns([c for c in rows.column_names if c == "kafka_timestamp"]).to_pylist():
            print(text(row))


def spark(config, run):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder.config("spark.jars", ",".join(map(str, JARS.glob("*.jar"))))
    name = "spark.sql.catalog.pipeline"
    builder.config(name, "org.apache.iceberg.spark.SparkCatalog")
    for key, value in {"jdbc.schema-version": "V1", **config}.items():
        builder.config(f"{name}.{key}", value)
    session = builder.getOrCreate()
    for table, times in ((f"run_{run}", "ts"), (f"rejected_{run}", None)):
        rows = session.table(f"pipeline.{NAMESPACE}.{table}")
        if times:
            rows = rows.selectExpr("*", "unix_micros(ts) AS micros").drop("ts").withColumnRenamed("micros", "ts")
        else:
            rows = rows.drop("kafka_timestamp")
        for row in rows.toLocalIterator():
            print(text(row.asDict()))


def main():
    reader, config, run = sys.argv[1:]
    {each.__name__: each for each in (counts, pyiceberg, spark)}[reader](properties(config), run)


if __name__ == "__main__":
    main()
