"""Count and mean per id of a Parquet tree, by DuckDB, pandas or Polars in a process of its own.

    scan.py TOOL TREE...     prints a line of JSON for each tree: seconds, CPU seconds, {id: [count, mean]}
"""

import json
import sys
import time


def duckdb_query():
    import duckdb

    def query(tree):
        rows = duckdb.sql(
            f"SELECT id, count(*), avg(value) FROM read_parquet('{tree}/*/*.parquet', hive_partitioning = true) "
            "GROUP BY id"
        ).fetchall()
        return {int(key): [count, mean] for key, count, mean in rows}

    return query


def pandas_query():
    import pandas

    def query(tree):
        frame = pandas.read_parquet(tree, columns=["id", "value"])
        groups = frame.groupby("id", observed=True)["value"].agg(["count", "mean"])
        return {int(key): [int(row["count"]), float(row["mean"])] for key, row in groups.iterrows()}

    return query


def polars_query():
    import polars

    def query(tree):
        frame = (
            polars.scan_parquet(f"{tree}/*/*.parquet", hive_partitioning=True)
            .group_by("id")
            .agg(polars.len().alias("count"), polars.col("value").mean().alias("mean"))
            .collect()
        )
        return {int(key): [count, mean] for key, count, mean in frame.iter_rows()}

    return query


def main():
    tool, *trees = sys.argv[1:]
    query = {"duckdb": duckdb_query, "pandas": pandas_query, "polars": polars_query}[tool]()
    for tree in trees:
        wall, cpu = time.perf_counter(), time.process_time()
        groups = query(tree)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(json.dumps({"wall": wall, "cpu": cpu, "groups": groups}), flush=True)


if __name__ == "__main__":
    main()
