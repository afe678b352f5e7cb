package pipeline.streaming.kafka;

import static org.apache.spark.sql.functions.lit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import pipeline.events.kafka.KafkaEndpoint;

/**
 * The topic as a stream of Kafka records, with the columns of Spark's Kafka integration guide.
 *
 * @param triggerInterval time from batch to batch, unless a large batch is waiting
 */
public record KafkaSource(KafkaEndpoint kafka, Duration triggerInterval) {
    /**
     * The columns that the job reads. A record whose time Spark cannot represent has no {@code timestamp} but {@code
     * timestampMillis}; only {@link pipeline.streaming.records.ConsumedRecords} can read such a record.
     */
    public static final StructType RECORD = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("timestampMillis", DataTypes.LongType);

    /** Bounds a batch after a long pause, so that events become visible in steps and a crash repeats at most one of them. */
    private static final long LARGEST_BATCH = 1_500_000;

    /** A batch starts early once this many events are waiting, so that a backlog is read without pauses. */
    private static final long LARGE_BATCH = 500_000;

    /** How often the job checks, at least, how many events are waiting. */
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    /** Ten seconds instead of Spark's minutes, because the job itself waits for an absent broker, and logs that. */
    private static final String KAFKA_TIMEOUT_MILLIS = "10000";

    /** The settings of each consumer of the job, Spark's and its own. */
    public static final Map<String, String> CONSUMER = Map.of(
            "default.api.timeout.ms", KAFKA_TIMEOUT_MILLIS,
            "request.timeout.ms", KAFKA_TIMEOUT_MILLIS,
            // Spark asks the broker twice for its offsets at each poll. With Kafka's default of 500 that took
            // a fifth of the CPU time.
            "max.poll.records", "10000",
            // A batch reads only what the broker already has. But a consumer fetches ahead, and while no event arrives,
            // that request delays the next batch: with Kafka's default by half a second for each partition.
            "fetch.max.wait.ms", "10",
            // An event of an open transaction may be aborted later.
            "isolation.level", "read_committed");

    /** Returns the trigger for {@link #stream}, which skips most of its ticks. */
    public Trigger trigger() {
        return Trigger.ProcessingTime(tick().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The trigger interval is a multiple of this. */
    public Duration tick() {
        return triggerInterval.dividedBy(
                triggerInterval.plus(LONGEST_TICK).minusNanos(1).dividedBy(LONGEST_TICK));
    }

    /** Half a tick less than the interval, since ticks jitter and the one at the end of the interval must count. */
    Duration delay() {
        return triggerInterval.minus(tick().dividedBy(2));
    }

    /** Returns the records starting at these offsets; every partition of the topic must be given. */
    public Dataset<Row> stream(SparkSession spark, Map<Integer, Long> from) {
        Map<String, String> consumer = new HashMap<>();
        CONSUMER.forEach((key, value) -> consumer.put("kafka." + key, value));
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .options(consumer)
                .options(ClientConfigProvider.options(kafka.client()))
                .option("kafkaConsumer.pollTimeoutMs", KAFKA_TIMEOUT_MILLIS)
                .option("fetchOffset.numRetries", 1)
                .option("subscribe", kafka.topic())
                .option("startingOffsets", SparkOffsets.json(kafka.topic(), from))
                .option("maxOffsetsPerTrigger", LARGEST_BATCH)
                .option("minOffsetsPerTrigger", LARGE_BATCH)
                .option("maxTriggerDelay", delay().toMillis() + "ms")
                .option("failOnDataLoss", true)
                .load()
                .withColumn("timestampMillis", lit(null).cast(DataTypes.LongType));
    }
}
