package pipeline.streaming.records;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.Timestamps;
import pipeline.events.offsets.RecordIdentity;
import pipeline.streaming.kafka.SourceTopic;

/** Compares the records that a run has read last with what Kafka has at their offsets. */
final class RecordComparison {
    private static final Logger LOG = LoggerFactory.getLogger(RecordComparison.class);

    private final SourceTopic topic;
    private final SourceTopic.Snapshot now;
    private final SortedMap<Integer, String> lost = new TreeMap<>();
    private final Set<Integer> kept = new TreeSet<>();

    RecordComparison(SourceTopic topic, SourceTopic.Snapshot now) {
        this.topic = topic;
        this.now = now;
    }

    /** See {@link TopicLog#requireKept}. */
    Set<Integer> requireKept(Map<Integer, RecordIdentity> lastRead, RecordReader reader) {
        Map<Integer, Long> offsets = new HashMap<>();
        lastRead.forEach((partition, read) -> {
            if (read.offset() >= now.ends().getOrDefault(partition, 0L)) {
                lost.put(partition, had(partition, read) + ", but ends before it now");
            } else if (read.offset() >= now.beginnings().get(partition)) {
                offsets.put(partition, read.offset());
            }
        });
        Map<Integer, ConsumerRecord<byte[], byte[]>> found = reader.first(offsets, now.ends());
        offsets.keySet().forEach(partition -> compare(partition, lastRead.get(partition), found.get(partition)));
        if (!lost.isEmpty()) {
            throw new EventsLostException(lost);
        }
        return kept;
    }

    private void compare(int partition, RecordIdentity read, ConsumerRecord<byte[], byte[]> found) {
        if (found == null || found.offset() != read.offset()) {
            if (!mayBeCompacted(partition, read)) {
                lost.put(partition, had(partition, read) + ", but has none there now");
            }
        } else if (read.isSame(RecordIdentity.of(found.offset(), found.timestamp(), found.key(), found.value()))) {
            kept.add(partition);
        } else {
            lost.put(
                    partition,
                    had(partition, read) + ", but has another one of " + time(found.timestamp()) + " there now");
        }
    }

    private static String had(int partition, RecordIdentity read) {
        return "partition " + partition + " had a record of " + time(read.timestamp()) + " at offset " + read.offset();
    }

    private static String time(long millis) {
        return Timestamps.format(Instant.ofEpochMilli(millis));
    }

    /** Without the right to know, a person is warned, and the job continues. */
    private boolean mayBeCompacted(int partition, RecordIdentity read) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try {
            return topic.admin()
                    .describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value()
                    .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
            }
            LOG.warn(
                    "{}, and has none there now: either the topic is compacted, or Kafka lost events. With the right"
                            + " DESCRIBE_CONFIGS on topic {} the job can tell",
                    had(partition, read),
                    topic.name());
            return true;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
