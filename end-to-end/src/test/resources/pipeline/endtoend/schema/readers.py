"""Reads a run as a user of DuckDB, pandas, Polars or Spark does: readers.py TOOL RUN

Prints the types of the columns that are in the names of folders, then the rows, each as a line of JSON. Times are in
microseconds.
"""

import json
import sys
from pathlib import Path

FOLDERS = ["currency", "size", "express", "shop_key", "created_at_day"]
TEXTS = ["status", "note", "shop", "voucher", "rescued", *FOLDERS]
NUMBERS = ["kafka_partition", "kafka_offset", "order_id", "amount"]


def newest_first(run):
    return sorted(Path(run).rglob("part-*.parquet"), key=lambda file: file.name, reverse=True)


def text(value):
    """Readers guess the type of what is in the name of a folder, and pandas has floats where an integer is missing."""
    if isinstance(value, float):
        value = int(value)
    return None if value is None else json.dumps(value) if isinstance(value, bool) else str(value)


def row(values):
    """Takes the values of the columns by name, nested ones as dictionaries and lists."""
    return {
        **{name: values[name] for name in NUMBERS},
        **{name: text(values[name]) for name in TEXTS},
        "day": str(values["day"]),
        "customer": values["customer"]["country"],
        "skus": [item["sku"] for item in values["items"]],
        "carrier": values["delivery"] and values["delivery"]["carrier"],
        **{name: values[name] for name in ("created_at_micros", "kafka_timestamp_micros")},
    }


def duckdb(run):
    import duckdb

    rows = duckdb.sql(
        "SELECT *, epoch_us(created_at) AS created_at_micros, epoch_us(kafka_timestamp) AS kafka_timestamp_micros"
        f" FROM read_parquet('{run}/**/part-*.parquet', hive_partitioning = true, union_by_name = true)"
    )
    # Times become Python's own only with another package.
    rows = rows.select("* EXCLUDE (created_at, shipped_at, kafka_timestamp)")
    types = dict(zip(rows.columns, map(str, rows.types), strict=True))
    return types, [dict(zip(rows.columns, values, strict=True)) for values in rows.fetchall()]


def pandas(run):
    import pyarrow.dataset

    frame = pyarrow.dataset.dataset(newest_first(run), partitioning="hive").to_table().to_pandas()
    for time in ("created_at", "kafka_timestamp"):
        frame[time + "_micros"] = frame[time].astype("int64")
    return frame.dtypes.to_dict(), frame.astype(object).where(frame.notna(), None).to_dict("records")


def polars(run):
    import polars

    frame = polars.scan_parquet(newest_first(run), hive_partitioning=True, missing_columns="insert").collect()
    frame = frame.with_columns(polars.col("created_at", "kafka_timestamp").dt.epoch("us").name.suffix("_micros"))
    return dict(frame.schema), frame.to_dicts()


def spark(run):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    frame = session.read.option("mergeSchema", "true").parquet(run)
    micros = [f"unix_micros({time}) AS {time}_micros" for time in ("created_at", "kafka_timestamp")]
    # Python's own times begin later than Spark's in some time zones.
    frame = frame.selectExpr("*", *micros).drop("created_at", "shipped_at", "kafka_timestamp")
    return dict(frame.dtypes), [values.asDict(recursive=True) for values in frame.collect()]


def main():
    tool, run = sys.argv[1:]
    types, rows = {reader.__name__: reader for reader in (duckdb, pandas, polars, spark)}[tool](run)
    print(json.dumps({name: str(types[name]) for name in FOLDERS}))
    for values in rows:
        print(json.dumps(row(values)))


if __name__ == "__main__":
    main()
