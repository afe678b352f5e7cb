package pipeline.streaming;

import pipeline.events.settings.Settings;
import org.apache.spark.sql.SparkSession;

/**
 * The job without its averages, for {@code benchmarks/run publication}: what {@link PlainSink} is compared with. Reads the
 * same settings, and runs until it is killed.
 */
public final class PublisherAlone {
    private PublisherAlone() {}

    public static void main(String[] args) throws Exception {
        StreamingConfig config = StreamingConfig.of(Settings.fromEnvironment());
        RunFolders folders = config.folders();
        folders.prepare();
        try (RunLock lock = RunLock.take(folders);
                KafkaTopic topic = new KafkaTopic(config.bootstrapServers(), config.topic())) {
            topic.await();
            SparkSession spark = Spark.session(config.sparkMaster());
            PublisherQuery publisher = new PublisherQuery(
                    spark,
                    new KafkaSource(config.bootstrapServers(), config.topic(), config.triggerInterval()),
                    topic,
                    folders,
                    lock,
                    config.onDataLoss());
            publisher.start();
            publisher.awaitStop();
        }
    }
}
