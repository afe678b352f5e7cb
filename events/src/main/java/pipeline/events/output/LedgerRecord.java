package pipeline.events.output;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one batch committed: the offsets it took from Kafka, and the files that hold the events of exactly these offsets.
 * A record accounts for every offset: {@code events = rows + rejected}, and {@code events} is the offsets less the gaps.
 *
 * @param seq number of the batch in its run, 0, 1, 2, …
 * @param committedAt when the batch became visible as a whole; null as long as it is only prepared
 * @param topic name of the Kafka topic
 * @param topicId Kafka's id of the topic, which tells it from a later one of the same name
 * @param clusterId Kafka's id of the cluster
 * @param offsets every partition of the topic, idle ones too; each goes on where the record before stopped
 * @param gaps offsets in {@code offsets} that Kafka no longer had
 * @param events offsets that were read
 * @param rows valid events, kept in {@code files}
 * @param rejected other events, kept in {@code rejectedFiles}
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

    /** Grows when a field changes its meaning; a new field does not change it. */
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

    /** Returns where each partition goes on. */
    public Map<Integer, Long> until() {
        Map<Integer, Long> until = new TreeMap<>();
        offsets.forEach((partition, range) -> until.put(partition, range.until()));
        return until;
    }

    /** Returns the number of events that these offsets and gaps promise, for comparison with {@link #events}. */
    public static long events(Map<Integer, OffsetRange> offsets, List<OffsetGap> gaps) {
        return offsets.values().stream().mapToLong(OffsetRange::length).reduce(0, Math::addExact)
                - gaps.stream().mapToLong(OffsetGap::length).reduce(0, Math::addExact);
    }
}
