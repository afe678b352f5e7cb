"""Writes the rows of a Parquet tree to another one, as Spark does by default.

rewrite.py SOURCE TARGET
"""

import sys

from pyspark.sql import SparkSession


def main():
    source, target = sys.argv[1:]
    spark = SparkSession.builder.master("local[2]").appName("rewrite").getOrCreate()
    spark.read.parquet(source).write.partitionBy("id").parquet(target)


if __name__ == "__main__":
    main()
