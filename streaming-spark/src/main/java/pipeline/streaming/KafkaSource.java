package pipeline.streaming;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The topic as a stream of Kafka records, columns as in Spark's Kafka guide. */
final class KafkaSource {
    /** Bounds a batch after a long pause, so that events become visible in steps, and a crash repeats one step at most. */
    private static final long MAX_OFFSETS_PER_BATCH = 1_000_000;

    /** Seconds, not Spark's minutes: the job waits for an absent broker itself, and says so. */
    private static final String KAFKA_TIMEOUT_MILLIS = "10000";

    /** At each poll Spark asks the broker twice which offsets it has; Kafka's 500 records made that a fifth of the CPU time. */
    private static final int MAX_POLL_RECORDS = 10_000;

    private final String bootstrapServers;
    private final String topic;

    KafkaSource(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /** Returns the records from these offsets on; every partition of the topic must be named. */
    Dataset<Row> stream(SparkSession spark, Map<Integer, Long> from) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrapServers)
                .option("kafka.default.api.timeout.ms", KAFKA_TIMEOUT_MILLIS)
                .option("kafka.request.timeout.ms", KAFKA_TIMEOUT_MILLIS)
                .option("kafka.max.poll.records", MAX_POLL_RECORDS)
                .option("kafkaConsumer.pollTimeoutMs", KAFKA_TIMEOUT_MILLIS)
                .option("fetchOffset.numRetries", 1)
                .option("subscribe", topic)
                .option("startingOffsets", SparkOffsets.json(topic, from))
                .option("maxOffsetsPerTrigger", MAX_OFFSETS_PER_BATCH)
                .option("failOnDataLoss", true)
                .load();
    }
}
