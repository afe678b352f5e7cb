"""The pipeline's streaming job as a first version in PySpark would be. With --tuned, as someone who knows Spark would write
it; with --bounded, in batches of 500,000 events.

    streaming.py BOOTSTRAP TOPIC OUTPUT [--tuned | --bounded]     runs until stopped
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

SCHEMA = "id INT, ts TIMESTAMP, value DOUBLE, source STRING"


def main():
    bootstrap, topic, output, *flags = sys.argv[1:]
    tuned = "--tuned" in flags
    builder = SparkSession.builder.master("local[*]").appName("peer")
    if tuned:
        builder = builder.config("spark.sql.shuffle.partitions", 2)
    spark = builder.getOrCreate()
    if tuned:
        spark.sparkContext.setLogLevel("WARN")

    bounds = {"maxOffsetsPerTrigger": 500_000} if "--bounded" in flags else {}
    records = (
        spark.readStream.format("kafka")
        .options(**bounds)
        .option("kafka.bootstrap.servers", bootstrap)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .load()
    )
    events = records.select(f.from_json(f.col("value").cast("string"), SCHEMA).alias("event")).select("event.*")
    averages = events.groupBy(f.window("ts", "10 seconds"), "id").agg(f.avg("value").alias("average"))

    def start(stream):
        (stream.trigger(processingTime="10 seconds") if tuned else stream).start()

    run = f"{output}/parquet/run_1"
    start(
        averages.writeStream.format("console")
        .outputMode("update" if tuned else "complete")
        .option("checkpointLocation", f"{output}/console_chk")
    )
    start(
        events.writeStream.format("parquet").partitionBy("id").option("path", run).option("checkpointLocation", f"{run}/_chk")
    )
    spark.streams.awaitAnyTermination()


if __name__ == "__main__":
    main()
