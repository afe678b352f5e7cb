package pipeline.validator.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import pipeline.validator.kafka.TopicState.Backlog;

/**
 * Finds out since when events have been waiting, without reading them: Kafka finds the offset that belongs to a timestamp, so
 * the timestamp that belongs to an offset is found by halving an interval.
 */
record BacklogReader(Admin admin, String topic) {
    /** Where halving stops: after about 18 requests if the interval is thirty days. */
    private static final Duration PRECISION = Duration.ofSeconds(10);
    /** Nothing older is looked for when Kafka keeps events for ever. */
    private static final Duration LONGEST = Duration.ofDays(30);

    /**
     * @param next the offset of the first event that waits, for each partition where one does
     * @return nothing if none waits
     */
    Optional<Backlog> read(Map<TopicPartition, Long> next) throws ExecutionException, InterruptedException {
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> retention = retention();
        return Optional.of(new Backlog(oldest(next, retention.orElse(LONGEST)), retention));
    }

    private Instant oldest(Map<TopicPartition, Long> waiting, Duration span)
            throws ExecutionException, InterruptedException {
        Instant after = Instant.now();
        Instant before = after.minus(span);
        while (Duration.between(before, after).compareTo(PRECISION) > 0) {
            Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
            if (!older(waiting, middle).isEmpty()) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return before;
    }

    /**
     * Returns one of the partitions in which the oldest event waits.
     *
     * @param oldest what {@link #read} found for these partitions
     */
    TopicPartition oldestOf(Map<TopicPartition, Long> next, Backlog oldest)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> older = older(next, oldest.oldest().plus(PRECISION));
        return older.isEmpty() ? next.keySet().iterator().next() : older.get(0);
    }

    /** Returns the partitions in which an event is waiting whose timestamp is before this time. */
    private List<TopicPartition> older(Map<TopicPartition, Long> waiting, Instant time)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        waiting.keySet().forEach(partition -> question.put(partition, OffsetSpec.forTimestamp(time.toEpochMilli())));
        // -1 if no event is that new: then all of them are older.
        return admin.listOffsets(question).all().get().entrySet().stream()
                .filter(first ->
                        first.getValue().offset() < 0 || first.getValue().offset() > waiting.get(first.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns nothing if Kafka keeps events for ever, or if the validator has no right to DESCRIBE_CONFIGS. */
    private Optional<Duration> retention() throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return ifAllowed(admin.describeConfigs(List.of(resource)).values().get(resource))
                .map(config -> Long.parseLong(
                        config.get(TopicConfig.RETENTION_MS_CONFIG).value()))
                .filter(millis -> millis >= 0)
                .map(Duration::ofMillis);
    }

    /** Returns nothing if the right for this is missing. */
    static <T> Optional<T> ifAllowed(KafkaFuture<T> answer) throws ExecutionException, InterruptedException {
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
