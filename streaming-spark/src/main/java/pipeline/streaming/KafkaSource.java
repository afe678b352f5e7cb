package pipeline.streaming;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The topic as a stream of Kafka records, columns as in Spark's Kafka guide. */
final class KafkaSource {
    /** Those of the columns that are read. */
    static final StructType RECORD = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType);

    /** Bounds a batch after a long pause, so that events become visible in steps, and a crash repeats one step at most. */
    private static final long LARGEST_BATCH = 1_500_000;

    /** So many do not wait for the trigger interval: a backlog is read without pauses. */
    private static final long LARGE_BATCH = 500_000;

    /** How soon it is seen, at the latest, that so many wait. */
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    /** Seconds, not Spark's minutes: the job waits for an absent broker itself, and says so. */
    private static final String KAFKA_TIMEOUT_MILLIS = "10000";

    /** At each poll Spark asks the broker twice which offsets it has; Kafka's 500 records made that a fifth of the CPU time. */
    private static final int MAX_POLL_RECORDS = 10_000;

    /**
     * A batch has only what the broker has already. But a consumer asks for more with each answer, and that request holds up
     * the next batch: for half a second a partition by Kafka's default, when no event comes.
     */
    private static final int FETCH_MAX_WAIT_MILLIS = 10;

    private final String bootstrapServers;
    private final String topic;
    private final Duration triggerInterval;

    /** @param triggerInterval from batch to batch, unless there are large ones */
    KafkaSource(String bootstrapServers, String topic, Duration triggerInterval) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.triggerInterval = triggerInterval;
    }

    /** Returns the trigger for {@link #stream}, which leaves most of its ticks out. */
    Trigger trigger() {
        return Trigger.ProcessingTime(tick().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The trigger interval is a multiple of it. */
    Duration tick() {
        return triggerInterval.dividedBy(
                triggerInterval.plus(LONGEST_TICK).minusNanos(1).dividedBy(LONGEST_TICK));
    }

    /** Ticks jitter: half a tick less than the interval, so that the one at its end counts. */
    Duration delay() {
        return triggerInterval.minus(tick().dividedBy(2));
    }

    /** Returns the records from these offsets on; every partition of the topic must be named. */
    Dataset<Row> stream(SparkSession spark, Map<Integer, Long> from) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrapServers)
                .option("kafka.default.api.timeout.ms", KAFKA_TIMEOUT_MILLIS)
                .option("kafka.request.timeout.ms", KAFKA_TIMEOUT_MILLIS)
                .option("kafka.max.poll.records", MAX_POLL_RECORDS)
                .option("kafka.fetch.max.wait.ms", FETCH_MAX_WAIT_MILLIS)
                .option("kafkaConsumer.pollTimeoutMs", KAFKA_TIMEOUT_MILLIS)
                .option("fetchOffset.numRetries", 1)
                .option("subscribe", topic)
                .option("startingOffsets", SparkOffsets.json(topic, from))
                .option("maxOffsetsPerTrigger", LARGEST_BATCH)
                .option("minOffsetsPerTrigger", LARGE_BATCH)
                .option("maxTriggerDelay", delay().toMillis() + "ms")
                .option("failOnDataLoss", true)
                .load();
    }
}
