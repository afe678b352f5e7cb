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
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.source.RecordReader;

/** Compares the last record that a run has read in each partition with what Kafka has at its offset. */
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
    Set<Integer> requireKept(Map<Integer, RecordIdentity> lastRead, Map<Integer, Long> until, RecordReader reader) {
        Map<Integer, OffsetRange> ranges = new HashMap<>();
        lastRead.forEach((partition, read) -> {
            long end = now.ends().getOrDefault(partition, 0L);
            if (until.get(partition) > end) {
                lost.put(partition, had(partition, read) + ", but ends at " + end + " now, before what was read");
            } else if (read.offset() >= now.beginnings().get(partition)) {
                ranges.put(partition, new OffsetRange(read.offset(), until.get(partition)));
            }
        });
        reader.firstTwo(ranges).forEach((partition, found) -> compare(partition, lastRead.get(partition), found));
        if (!lost.isEmpty()) {
            throw new EventsLostException(lost);
        }
        return kept;
    }

    /** @param found at most two records, from the offset of the one that was read last to the end of what was read */
    private void compare(int partition, RecordIdentity read, List<ConsumerRecord<byte[], byte[]>> found) {
        boolean isThere = !found.isEmpty() && found.get(0).offset() == read.offset();
        if (found.size() > (isThere ? 1 : 0)) {
            ConsumerRecord<byte[], byte[]> added = found.get(isThere ? 1 : 0);
            lost.put(
                    partition,
                    had(partition, read) + " and none after it, but has one of " + time(added.timestamp())
                            + " at offset " + added.offset() + " now");
        } else if (!isThere) {
            if (!mayBeCompacted(partition, read)) {
                lost.put(partition, had(partition, read) + ", but has none there now");
            }
        } else if (read.isSame(identity(found.get(0)))) {
            kept.add(partition);
        } else {
            lost.put(
                    partition,
                    had(partition, read) + ", but has another one of "
                            + time(found.get(0).timestamp()) + " there now");
        }
    }

    private static RecordIdentity identity(ConsumerRecord<byte[], byte[]> record) {
        return RecordIdentity.of(record.offset(), record.timestamp(), record.key(), record.value());
    }

    private static String had(int partition, RecordIdentity read) {
        return "partition " + partition + " had a record of " + time(read.timestamp()) + " at offset " + read.offset();
    }

    private static String time(long millis) {
        return Timestamps.format(Instant.ofEpochMilli(millis));
    }

    /** Without the right to ask the broker this, logs a warning and returns true, so that the job continues. */
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
