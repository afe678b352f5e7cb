package pipeline.streaming;

import pipeline.events.Event;
import pipeline.events.EventJson;
import pipeline.events.output.OutputTree;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import pipeline.events.settings.Settings.OnDataLoss;

/**
 * Does once what the job does, without Kafka and in a temporary folder, so that Java can archive the classes that the job
 * loads: {@code java -XX:ArchiveClassesAtExit=streaming-spark.jsa -jar streaming-spark.jar --rehearse}. A job that starts with
 * {@code -XX:SharedArchiveFile=streaming-spark.jsa} does not load and verify them anew.
 */
final class Rehearsal {
    static final String OPTION = "--rehearse";

    private static final TopicIdentity TOPIC = new TopicIdentity("cluster", "events", "topic-id");
    private static final int EVENTS = 100;
    private static final String NOBODY = "127.0.0.1:1";

    private Rehearsal() {}

    static void run() throws IOException, TimeoutException, StreamingQueryException {
        Path folder = Files.createTempDirectory("rehearsal");
        try (SparkSession spark = Spark.session("local[*]")) {
            askKafka(spark);
            RunFolders folders = new RunFolders(new OutputTree(folder), "1");
            folders.prepare();
            publish(spark, folders);
            average(spark, folders);
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    /** Nobody answers, but the clients are made. */
    private static void askKafka(SparkSession spark) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                NOBODY,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
        new KafkaConsumer<byte[], byte[]>(settings).close();
        try (KafkaTopic topic = new KafkaTopic(NOBODY, TOPIC.name())) {
            topic.snapshot();
        } catch (KafkaException e) {
            // as expected
        }
        new KafkaSource(NOBODY, TOPIC.name(), Duration.ofSeconds(10)).stream(spark, Map.of(0, 0L));
    }

    private static void publish(SparkSession spark, RunFolders folders) throws IOException {
        KafkaTopic.Snapshot topic = new KafkaTopic.Snapshot(TOPIC, Map.of(0, 0L), Map.of(0, (long) EVENTS));
        BatchPublisher publisher = new BatchPublisher(
                folders,
                () -> topic,
                spark.sparkContext().hadoopConfiguration(),
                Clock.systemUTC(),
                step -> {},
                Position.of(new RunRecovery(folders, Clock.systemUTC()).recover(), topic, OnDataLoss.STOP));
        List<Row> records = LongStream.range(0, EVENTS)
                .mapToObj(offset -> RowFactory.create(null, json(offset), 0, offset, null))
                .toList();
        publisher.publish(spark.createDataFrame(records, KafkaSource.RECORD), Map.of(0, (long) EVENTS));
    }

    /** A stream of Spark's own takes the place of Kafka. */
    private static void average(SparkSession spark, RunFolders folders)
            throws IOException, TimeoutException, StreamingQueryException {
        Path input = Files.createDirectories(folders.staging().resolve("input"));
        Files.write(input.resolve("event.json"), json(0));
        Dataset<Row> records = spark.readStream()
                .text(input.toString())
                .select(
                        col("value").cast(DataTypes.BinaryType).as("value"),
                        lit(0).as("partition"),
                        lit(0L).as("offset"),
                        current_timestamp().as("timestamp"));
        WindowAverages.of(EventDecoder.events(records))
                .writeStream()
                .outputMode("update")
                .trigger(Trigger.AvailableNow())
                .option("checkpointLocation", folders.averagesCheckpoint().toString())
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>)
                        (averages, batchId) -> WindowAverages.print(averages.collectAsList(), System.out))
                .start()
                .awaitTermination();
    }

    private static byte[] json(long offset) {
        int id = (int) (offset % (Event.MAX_ID + 1));
        return EventJson.encode(new Event(id, Instant.now(), id, "rehearsal"));
    }
}
