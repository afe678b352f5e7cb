package pipeline.streaming.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import pipeline.events.Event;
import pipeline.events.EventJson;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.SparkSessions;
import pipeline.streaming.averages.AveragesQuery;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.BatchGate;
import pipeline.streaming.publish.BatchPublisher;
import pipeline.streaming.publish.PublisherMetrics;
import pipeline.streaming.publish.ResumePoint;
import pipeline.streaming.records.TopicLog;
import pipeline.streaming.source.BatchBounds;
import pipeline.streaming.source.KafkaSource;
import pipeline.streaming.source.RecordReader;
import pipeline.streaming.tree.ParquetTree;
import pipeline.streaming.tree.RunLayout;

/**
 * Does what the job does, once, without Kafka and in a temporary folder, so that Java can archive the classes that the job
 * loads: {@code java -XX:ArchiveClassesAtExit=streaming-spark.jsa -cp streaming-spark.jar
 * pipeline.streaming.training.TrainingRun}. A job that starts with {@code -XX:SharedArchiveFile=streaming-spark.jsa} does not
 * have to load and verify them again.
 */
final class TrainingRun {
    private static final TopicIdentity TOPIC = new TopicIdentity("cluster", "events", "topic-id");
    private static final int EVENTS = 100;
    private static final String NOBODY = "127.0.0.1:1";

    private TrainingRun() {}

    public static void main(String[] args) throws IOException, TimeoutException, StreamingQueryException {
        Path folder = Files.createTempDirectory("training");
        RunLayout layout = new RunLayout(new OutputTree(folder), "1");
        try (SparkSession spark = SparkSessions.session("local[*]");
                ParquetTree tree = ParquetTree.open(layout, step -> {})) {
            askKafka(spark);
            publish(spark, tree);
            average(spark, layout);
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        System.exit(0);
    }

    /** There is no broker, but the clients are created. */
    private static void askKafka(SparkSession spark) {
        KafkaEndpoint kafka = new KafkaEndpoint(NOBODY, TOPIC.name(), KafkaClientConfig.none());
        RecordReader.borrow(TOPIC.name(), KafkaSource.consumer(kafka)).close();
        try (SourceTopic topic = new SourceTopic(kafka)) {
            topic.snapshot();
        } catch (KafkaException e) {
            // as expected
        }
        new KafkaSource(kafka, Duration.ofSeconds(10)).stream(spark, Map.of(0, 0L), BatchBounds.of("training"));
    }

    private static void publish(SparkSession spark, ParquetTree tree) throws IOException {
        SourceTopic.Snapshot topic = new SourceTopic.Snapshot(
                TOPIC,
                Map.of(0, 0L),
                Map.of(0, (long) EVENTS),
                Map.of(0, (long) EVENTS),
                new SourceTopic.Leadership(Map.of(0, 0), 0));
        ResumePoint start = ResumePoint.of(tree.recover(), topic, OnDataLoss.STOP);
        BatchPublisher publisher = new BatchPublisher(
                tree, new UnchangedLog(topic), step -> {}, new PublisherMetrics(), start, topic.leadership());
        List<Row> records = LongStream.range(0, EVENTS)
                .mapToObj(offset -> RowFactory.create(null, json(offset), 0, offset, System.currentTimeMillis()))
                .toList();
        publisher.publish(spark.createDataFrame(records, KafkaSource.RECORD), Map.of(0, (long) EVENTS));
    }

    /** Kafka as it is during a batch that has only valid events. */
    private record UnchangedLog(SourceTopic.Snapshot snapshot) implements TopicLog {
        @Override
        public Set<Integer> requireKept(
                Map<Integer, RecordIdentity> lastRead, Map<Integer, Long> until, SourceTopic.Snapshot now) {
            return Set.of();
        }

        @Override
        public void forEachOffset(Map<Integer, OffsetRange> ranges, OffsetAction action) {
            throw new UnsupportedOperationException();
        }
    }

    /** A file source takes the place of Kafka. */
    private static void average(SparkSession spark, RunLayout layout)
            throws IOException, TimeoutException, StreamingQueryException {
        Path input = Files.createDirectories(layout.staging().resolve("input"));
        Files.write(input.resolve("event.json"), json(0));
        Dataset<Row> records = spark.readStream()
                .text(input.toString())
                .select(
                        col("value").cast(DataTypes.BinaryType).as("value"),
                        lit(0).as("partition"),
                        lit(0L).as("offset"),
                        lit(0L).as("timestamp"));
        AveragesQuery.of(records, layout.averagesCheckpoint(), new BatchGate(Duration.ZERO))
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    private static byte[] json(long offset) {
        int id = (int) (offset % (Event.MAX_ID + 1));
        return EventJson.encode(new Event(id, Instant.now(), id, "training"));
    }
}
