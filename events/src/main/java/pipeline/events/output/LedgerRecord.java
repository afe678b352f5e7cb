package pipeline.events.output;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one batch committed: the offsets it read from Kafka, and the files that hold exactly the events at these offsets.
 * A record accounts for every offset: {@code events = rows + rejected}, and {@code events} is the number of offsets minus the gaps.
 *
 * @param seq number of the batch in its run, 0, 1, 2, …
 * @param committedAt when the batch became visible, all at once; null while it is only prepared
 * @param topic name of the Kafka topic
 * @param topicId Kafka's id of the topic, which differs when a topic is deleted and created again
 * @param clusterId Kafka's id of the cluster
 * @param offsets every partition of the topic, including idle ones; each range starts where the previous record's ended
 * @param gaps parts of {@code offsets} that Kafka had already deleted
 * @param events number of offsets that were read
 * @param rows number of valid events, which are in {@code files}
 * @param rejected number of invalid events, which are in {@code rejectedFiles}
 * @param files Parquet files, relative to the run's folder
 * @param rejectedFiles JSON lines files, relative to the run's folder of rejected events
 */
public record LedgerRecord(
        long seq,
        Instant committedAt,
        String topic,
        String topicId,
        String clusterId,
        SortedMap<Integer, OffsetRange> offsets,
        List<OffsetGap> gaps,
        long events,
        long rows,
        long rejected,
        List<LedgerFile> files,
        List<LedgerFile> rejectedFiles) {

    /** Increases when the meaning of a field changes, but not when a field is added. */
    public static final int VERSION = 1;

    public LedgerRecord {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        gaps = List.copyOf(gaps);
        files = List.copyOf(files);
        rejectedFiles = List.copyOf(rejectedFiles);
    }

    public LedgerRecord committed(Instant at) {
        return new LedgerRecord(
                seq, at, topic, topicId, clusterId, offsets, gaps, events, rows, rejected, files, rejectedFiles);
    }

    /** Returns the offset at which the next batch starts in each partition. */
    public Map<Integer, Long> until() {
        Map<Integer, Long> until = new TreeMap<>();
        offsets.forEach((partition, range) -> until.put(partition, range.until()));
        return until;
    }

    /** Returns the number of events that these offsets and gaps imply, for comparison with {@link #events()}. */
    public static long events(Map<Integer, OffsetRange> offsets, List<OffsetGap> gaps) {
        return offsets.values().stream().mapToLong(OffsetRange::length).reduce(0, Math::addExact)
                - gaps.stream().mapToLong(OffsetGap::length).reduce(0, Math::addExact);
    }
}
