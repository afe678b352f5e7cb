package pipeline.streaming;

import pipeline.events.Event;
import pipeline.events.settings.Settings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code ./pipeline --crash-demo} compares the job with: the same events through Spark's own Parquet sink, into
 * {@code <OUTPUT_DIR>/parquet}, with the checkpoint beside it. Reads the same settings; knows no run and no ledger.
 */
public final class PlainSink {
    private static final Logger LOG = LoggerFactory.getLogger(PlainSink.class);

    private PlainSink() {}

    public static void main(String[] args) throws Exception {
        StreamingConfig config = StreamingConfig.of(Settings.fromEnvironment());
        try (KafkaTopic topic = new KafkaTopic(config.bootstrapServers(), config.topic())) {
            // Where there is a checkpoint, Spark goes on from that.
            KafkaTopic.Snapshot now = topic.await();
            SparkSession spark = Spark.session(config.sparkMaster());
            KafkaSource source = new KafkaSource(config.bootstrapServers(), config.topic(), config.triggerInterval());
            Dataset<Row> events = EventDecoder.events(source.stream(spark, now.beginnings()));
            events.writeStream()
                    .queryName("plain")
                    .format("parquet")
                    .partitionBy(Event.ID)
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
