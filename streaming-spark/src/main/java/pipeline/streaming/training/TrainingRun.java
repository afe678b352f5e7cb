package pipeline.streaming.training;

import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Roles;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.schema.sample.RandomEvents;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.SparkSessions;
import pipeline.streaming.averages.AveragesQuery;
import pipeline.streaming.decode.DecodedRecords;
import pipeline.streaming.decode.FirstGroups;
import pipeline.streaming.decode.RecordDecoder;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.BatchGate;
import pipeline.streaming.publish.BatchPublisher;
import pipeline.streaming.publish.PublisherMetrics;
import pipeline.streaming.publish.ResumePoint;
import pipeline.streaming.records.TopicLog;
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
    private static final EventSchema SCHEMA = SchemaFile.builtIn();
    private static final int EVENTS = 100;
    private static final String NOBODY = "127.0.0.1:1";

    private TrainingRun() {}

    public static void main(String[] args) throws IOException, TimeoutException, StreamingQueryException {
        Path folder = Files.createTempDirectory("training");
        RunLayout layout = new RunLayout(new OutputTree(folder), "1");
        try (SparkSession spark = SparkSessions.session("local[*]");
                ParquetTree tree = ParquetTree.open(layout, SCHEMA, step -> {})) {
            askKafka(spark);
            publish(spark, tree);
            average(spark, tree, layout);
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
        KafkaSource source = new KafkaSource(kafka, SCHEMA, Duration.ofSeconds(10));
        source.stream(spark, Map.of(0, 0L), source.state(spark, "training"));
    }

    private static void publish(SparkSession spark, ParquetTree tree) throws IOException {
        SourceTopic.Snapshot topic = new SourceTopic.Snapshot(
                TOPIC,
                Map.of(0, 0L),
                Map.of(0, (long) EVENTS),
                Map.of(0, (long) EVENTS),
                new SourceTopic.Leadership(Map.of(0, 0), 0));
        DecodedRecords decoded = new DecodedRecords(spark, SCHEMA);
        ResumePoint start = ResumePoint.of(tree.recover(), topic, OnDataLoss.STOP);
        BatchPublisher publisher = new BatchPublisher(
                tree, new UnchangedLog(topic), decoded, step -> {}, new PublisherMetrics(), start, topic.leadership());
        publisher.publish(records(spark, decoded), Map.of(0, (long) EVENTS));
    }

    private static Dataset<Row> records(SparkSession spark, DecodedRecords decoded) {
        JavaRDD<InternalRow> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(LongStream.range(0, EVENTS).boxed().toList())
                .mapPartitions(offsets -> {
                    RecordDecoder decoder = decoded.decoder();
                    List<InternalRow> decodedRows = new ArrayList<>();
                    offsets.forEachRemaining(offset -> decodedRows.add(
                            decoder.row(new ConsumerRecord<>(TOPIC.name(), 0, offset, null, json(offset)))));
                    decoder.end();
                    return decodedRows.iterator();
                });
        return spark.internalCreateDataFrame(rows.rdd(), decoded.columns(), false);
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
    private static void average(SparkSession spark, ParquetTree tree, RunLayout layout)
            throws IOException, TimeoutException, StreamingQueryException {
        Path input = Files.createDirectories(layout.staging().resolve("input"));
        Files.write(input.resolve("event.json"), json(0));
        Roles roles = SCHEMA.roles();
        Dataset<Row> events = spark.readStream()
                .text(input.toString())
                .select(current_timestamp().as(roles.time()), lit(1.0).as(roles.value()), lit(1).as(roles.group()));
        AveragesQuery.of(
                        events,
                        SCHEMA,
                        new FirstGroups(SCHEMA),
                        tree.checkpoint(AveragesQuery.NAME),
                        new BatchGate(Duration.ZERO))
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    private static byte[] json(long offset) {
        return new RandomEvents(SCHEMA, new SplittableRandom(offset))
                .next(Instant.now())
                .json();
    }
}
