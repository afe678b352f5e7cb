package pipeline.streaming.demo;

import pipeline.events.settings.Settings;
import pipeline.streaming.SparkSessions;
import pipeline.streaming.StreamingConfig;
import pipeline.streaming.kafka.GroupOffsets;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.publish.PublisherQuery;
import pipeline.streaming.publish.Sink;
import pipeline.streaming.records.KafkaLog;
import pipeline.streaming.source.KafkaSource;

/**
 * The job without its averages, which {@code benchmarks/run publication} compares with {@link SparkParquetSink}. Reads the same
 * settings, and runs until it is killed.
 */
public final class PublisherAlone {
    private PublisherAlone() {}

    public static void main(String[] args) throws Exception {
        StreamingConfig config = StreamingConfig.of(Settings.fromEnvironment());
        try (Sink sink = config.sink(step -> {});
                SourceTopic topic = new SourceTopic(config.kafka())) {
            topic.await();
            PublisherQuery publisher = new PublisherQuery(
                    SparkSessions.session(config.sparkMaster()),
                    new KafkaSource(config.kafka(), config.schema(), config.triggerInterval()),
                    topic,
                    new KafkaLog(config.kafka(), topic),
                    sink,
                    config.onDataLoss(),
                    new GroupOffsets(topic, config.runId()),
                    step -> {});
            publisher.start();
            publisher.awaitStop();
        }
    }
}
