package pipeline.events.output;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;

/**
 * What one batch committed: the offsets it read from Kafka, and the files that hold exactly the events at these offsets.
 * A record accounts for every offset: {@code events = rows + rejected}, and {@code events} is the number of offsets without the
 * gaps and without the absent ones.
 *
 * @param seq number of the batch in its run, 0, 1, 2, …
 * @param committedAt when the batch became visible, all at once; null while it is only prepared
 * @param topic the Kafka topic
 * @param schema the name of the schema of the events, see {@link OutputTree#schema}; empty for the built-in one
 * @param read the offsets
 * @param files Parquet files with the valid events, relative to the run's folder
 * @param rejectedFiles JSON lines files with the invalid events, relative to the run's folder of rejected events
 */
public record LedgerRecord(
        long seq,
        Instant committedAt,
        TopicIdentity topic,
        Optional<String> schema,
        ReadOffsets read,
        List<LedgerFile> files,
        List<LedgerFile> rejectedFiles) {

    /** Increases when the meaning of a field changes, but not when a field is added. */
    public static final int VERSION = 1;

    /** The version of a record with absent offsets: to a reader that does not know these, its numbers would not add up. */
    public static final int VERSION_WITH_ABSENT = 2;

    /** The version of a record with a schema: a reader that does not know these takes the events for built-in ones. */
    public static final int VERSION_WITH_SCHEMA = 3;

    /** Creates the record of a batch of built-in events. */
    public LedgerRecord(
            long seq,
            Instant committedAt,
            TopicIdentity topic,
            ReadOffsets read,
            List<LedgerFile> files,
            List<LedgerFile> rejectedFiles) {
        this(seq, committedAt, topic, Optional.empty(), read, files, rejectedFiles);
    }

    public LedgerRecord {
        files = List.copyOf(files);
        rejectedFiles = List.copyOf(rejectedFiles);
    }

    public LedgerRecord committed(Instant at) {
        return new LedgerRecord(seq, at, topic, schema, read, files, rejectedFiles);
    }

    public int version() {
        if (schema.isPresent()) {
            return VERSION_WITH_SCHEMA;
        }
        return read.absent().isPresent() ? VERSION_WITH_ABSENT : VERSION;
    }

    /** Returns the number of events at the offsets. */
    public long events() {
        return read.events();
    }

    /** Returns the number of valid events. */
    public long rows() {
        return rows(files);
    }

    /** Returns the number of invalid events. */
    public long rejected() {
        return rows(rejectedFiles);
    }

    private static long rows(List<LedgerFile> files) {
        return files.stream().mapToLong(LedgerFile::rows).reduce(0, Math::addExact);
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
