"""Computes the answer of GET /aggregates for a Parquet tree with DuckDB, pandas or Polars, in its own process.

    scan.py TOOL TREE...     prints a line of JSON for each tree: seconds, CPU seconds, {id: [count, mean, ...]}

The answer is count, mean, smallest and largest value, first and last ts; tools that end in -short give count and mean only.
"""

import json
import sys
import time


def duckdb_query(more=", min(value), max(value), epoch_us(min(ts)), epoch_us(max(ts))"):
    import duckdb

    def query(tree):
        return duckdb.sql(
            f"SELECT id, count(*), avg(value) {more} FROM read_parquet('{tree}/*/*.parquet', hive_partitioning = true) "
            "GROUP BY id"
        ).fetchall()

    return query


def pandas_query(columns=None):
    import pandas

    def query(tree):
        groups = pandas.read_parquet(tree, columns=columns).groupby("id", observed=True)
        value = {how: ("value", how) for how in ("count", "mean", "min", "max")}
        table = groups.agg(**value, first=("ts", "min"), last=("ts", "max"))
        return [(*row[:5], row.first.value // 1000, row.last.value // 1000) for row in table.itertuples()]

    return query


def polars_query():
    import polars

    def query(tree):
        value, ts = polars.col("value"), polars.col("ts")
        aggregates = [polars.len(), value.mean(), value.min().alias("low"), value.max().alias("high")]
        aggregates += [ts.min().alias("first").dt.epoch("us"), ts.max().alias("last").dt.epoch("us")]
        return (
            polars.scan_parquet(f"{tree}/*/*.parquet", hive_partitioning=True).group_by("id").agg(aggregates).collect().rows()
        )

    return query


def main():
    tool, *trees = sys.argv[1:]
    query = {
        "duckdb": duckdb_query,
        "duckdb-short": lambda: duckdb_query(more=""),
        "polars": polars_query,
        "pandas": pandas_query,
        "pandas-columns": lambda: pandas_query(["id", "value", "ts"]),
    }[tool]()
    for tree in trees:
        wall, cpu = time.perf_counter(), time.process_time()
        rows = query(tree)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        groups = {int(key): list(answer) for key, *answer in rows}
        print(json.dumps({"wall": wall, "cpu": cpu, "groups": groups}), flush=True)


if __name__ == "__main__":
    main()
