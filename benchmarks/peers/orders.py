"""Orders from Kafka to Parquet, and their averages, as a first version in PySpark would be. With --tuned, as someone who knows
Spark would write it.

    orders.py BOOTSTRAP TOPIC OUTPUT [--tuned]     runs until stopped
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

SCHEMA = """
    order_id BIGINT,
    customer STRUCT<id: STRING, country: STRING, segment: STRING>,
    items ARRAY<STRUCT<sku: STRING, quantity: BIGINT, price: DOUBLE>>,
    created_at TIMESTAMP,
    shipped_at TIMESTAMP,
    amount DOUBLE,
    currency STRING,
    status STRING,
    coupon STRING,
    paid BOOLEAN,
    day DATE,
    note STRING,
    _corrupt_record STRING
"""


def main():
    bootstrap, topic, output, *flags = sys.argv[1:]
    tuned = "--tuned" in flags
    builder = SparkSession.builder.master("local[*]").appName("peer")
    if tuned:
        builder = builder.config("spark.sql.shuffle.partitions", 2)
    spark = builder.getOrCreate()
    if tuned:
        spark.sparkContext.setLogLevel("WARN")

    records = (
        spark.readStream.format("kafka")
        .option("kafka.bootstrap.servers", bootstrap)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .load()
    )
    options = {"mode": "PERMISSIVE", "columnNameOfCorruptRecord": "_corrupt_record"}
    parsed = records.select(f.from_json(f.col("value").cast("string"), SCHEMA, options).alias("order")).select("order.*")
    orders = parsed.filter(f.col("_corrupt_record").isNull()).drop("_corrupt_record")
    averages = orders.groupBy(f.window("created_at", "10 seconds"), "currency").agg(f.avg("amount").alias("average"))

    def start(stream):
        (stream.trigger(processingTime="10 seconds") if tuned else stream).start()

    run = f"{output}/parquet/run_1"
    start(
        averages.writeStream.format("console")
        .outputMode("update" if tuned else "complete")
        .option("checkpointLocation", f"{output}/console_chk")
    )
    start(
        orders.withColumn("created_at_day", f.to_date("created_at"))
        .writeStream.format("parquet")
        .partitionBy("currency", "created_at_day")
        .option("path", run)
        .option("checkpointLocation", f"{run}/_chk")
    )
    spark.streams.awaitAnyTermination()


if __name__ == "__main__":
    main()
