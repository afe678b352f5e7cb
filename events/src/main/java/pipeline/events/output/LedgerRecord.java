package pipeline.events.output;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;

/**
 * What one batch committed: the offsets it read from Kafka, and the files that hold exactly the events at these offsets.
 * A record accounts for every offset: {@code events = rows + rejected}, and {@code events} is the number of offsets without the
 * gaps and without the absent ones.
 *
 * @param seq number of the batch in its run, 0, 1, 2, …
 * @param committedAt when the batch became visible, all at once; null while it is only prepared
 * @param topic name of the Kafka topic
 * @param topicId Kafka's id of the topic, which differs when a topic is deleted and created again
 * @param clusterId Kafka's id of the cluster
 * @param read the offsets
 * @param events number of events at these offsets
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
        ReadOffsets read,
        long events,
        long rows,
        long rejected,
        List<LedgerFile> files,
        List<LedgerFile> rejectedFiles) {

    /** Increases when the meaning of a field changes, but not when a field is added. */
    public static final int VERSION = 1;

    /** The version of a record with absent offsets: to a reader that does not know these, its numbers would not add up. */
    public static final int VERSION_WITH_ABSENT = 2;

    public LedgerRecord {
        files = List.copyOf(files);
        rejectedFiles = List.copyOf(rejectedFiles);
    }

    public LedgerRecord committed(Instant at) {
        return new LedgerRecord(seq, at, topic, topicId, clusterId, read, events, rows, rejected, files, rejectedFiles);
    }

    public int version() {
        return read.absent().isPresent() ? VERSION_WITH_ABSENT : VERSION;
    }

    public SortedMap<Integer, OffsetRange> offsets() {
        return read.ranges();
    }

    public List<OffsetGap> gaps() {
        return read.gaps();
    }

    /** Returns the offset at which the next batch starts in each partition. */
    public Map<Integer, Long> until() {
        return read.until();
    }
}
