package pipeline.streaming.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.schema.EventSchema;
import pipeline.streaming.decode.DecodedRecords;
import pipeline.streaming.decode.FirstGroups;
import pipeline.streaming.kafka.ClientConfigProvider;

/**
 * The topic as a stream of decoded records. Spark's Kafka source decides which offsets a batch has. The tasks read them with
 * Kafka's consumer, one for all partitions of a task ({@link RecordStream}): Spark's own tasks read a single partition each, and
 * ask the broker twice for its offsets after each fetch.
 *
 * @param schema the shape of the events
 * @param triggerInterval time from batch to batch, unless a large batch is waiting
 */
public record KafkaSource(KafkaEndpoint kafka, EventSchema schema, Duration triggerInterval) {
    /** How often the job checks, at least, how many events are waiting. */
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    /** Ten seconds instead of Spark's minutes, because the job itself waits for an absent broker, and logs that. */
    private static final String KAFKA_TIMEOUT_MILLIS = "10000";

    /** Spark passes on options with this prefix to Kafka's clients. */
    private static final String PREFIX = "kafka.";

    /** Returns what the query with this name and its streams share. */
    public SourceState state(SparkSession spark, String query) {
        return SourceState.register(query, new DecodedRecords(spark, schema));
    }

    /** As {@link #state(SparkSession, String)}, for a query that needs the events of these groups only. */
    public SourceState state(SparkSession spark, String query, FirstGroups groups) {
        return SourceState.register(query, new DecodedRecords(spark, schema, groups));
    }

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

    /**
     * Returns the committed records starting at these offsets, with the columns of {@link DecodedRecords}; every partition of the
     * topic must be given.
     */
    public Dataset<Row> stream(SparkSession spark, Map<Integer, Long> from, SourceState state) {
        return spark.readStream()
                .format(RecordTable.class.getName())
                .options(options(kafka))
                .option("fetchOffset.numRetries", 1)
                .option("subscribe", kafka.topic())
                .option("startingOffsets", SparkOffsets.json(kafka.topic(), from))
                .option("failOnDataLoss", true)
                .option(RecordTable.QUERY, state.query())
                .option(RecordTable.DELAY, delay().toString())
                .load();
    }

    private static Map<String, String> options(KafkaEndpoint kafka) {
        Map<String, String> options = new HashMap<>(ClientConfigProvider.options(kafka.client()));
        Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        KAFKA_TIMEOUT_MILLIS,
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        KAFKA_TIMEOUT_MILLIS,
                        // A batch reads only what the broker already has. But a consumer fetches ahead, and while no
                        // event arrives, that request delays the next one: with Kafka's default by half a second.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        "10",
                        // An event of an open transaction may be aborted later.
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed")
                .forEach((key, value) -> options.put(PREFIX + key, value));
        return options;
    }

    /** Returns the settings of each consumer of the job, without secrets, so that an executor can use them as well. */
    public static Map<String, Object> consumer(KafkaEndpoint kafka) {
        return consumer(options(kafka));
    }

    /** Returns the settings that these options contain. */
    static Map<String, Object> consumer(Map<String, String> options) {
        Map<String, Object> settings = new HashMap<>();
        options.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                settings.put(key.substring(PREFIX.length()), value);
            }
        });
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }
}
