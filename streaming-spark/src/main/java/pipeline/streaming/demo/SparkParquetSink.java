package pipeline.streaming.demo;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings;
import pipeline.streaming.SparkSessions;
import pipeline.streaming.StreamingConfig;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.source.KafkaSource;
import pipeline.streaming.source.SourceState;

/**
 * Writes the same built-in events through Spark's own Parquet sink, for comparison: to {@code <OUTPUT_DIR>/parquet}, with the
 * checkpoint next to it. Reads the same settings as the job, but has neither runs nor a ledger.
 */
public final class SparkParquetSink {
    private static final Logger LOG = LoggerFactory.getLogger(SparkParquetSink.class);

    private SparkParquetSink() {}

    public static void main(String[] args) throws Exception {
        StreamingConfig config = StreamingConfig.of(Settings.fromEnvironment());
        try (SourceTopic topic = new SourceTopic(config.kafka())) {
            // If there is a checkpoint, Spark resumes from that instead.
            SourceTopic.Snapshot now = topic.await();
            SparkSession spark = SparkSessions.session(config.sparkMaster());
            EventSchema schema = SchemaFile.builtIn();
            // As the job does.
            spark.conf()
                    .set(
                            "spark.sql.maxConcurrentOutputFileWriters",
                            schema.folders().orElseThrow());
            KafkaSource source = new KafkaSource(config.kafka(), schema, config.triggerInterval());
            SourceState state = source.state(spark, "plain");
            Dataset<Row> events = state.records().events(source.stream(spark, now.beginnings(), state));
            events.writeStream()
                    .queryName(state.query())
                    .format("parquet")
                    .partitionBy(schema.roles().group())
                    .trigger(source.trigger())
                    .option("path", config.outputDir().resolve("parquet").toString())
                    .option(
                            "checkpointLocation",
                            config.outputDir().resolve("checkpoint").toString())
                    .start();
            LOG.info("Streaming started");
            spark.streams().awaitAnyTermination();
        }
    }
}
