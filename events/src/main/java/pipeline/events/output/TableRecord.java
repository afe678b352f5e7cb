package pipeline.events.output;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;

/**
 * The newest batch of a run that is a table: what a {@link LedgerRecord} says of a batch, except for its files, which the table
 * lists, and the sums of all batches, since a table keeps no earlier record.
 *
 * @param commit which batch it is
 * @param topic the Kafka topic
 * @param schema the name of the schema of the events, see {@link OutputTree#schema}; empty for the built-in one
 * @param read the offsets of the batch
 * @param batch what is at these offsets
 * @param total what is at all offsets of the run
 * @param first the offset at which the run starts in each partition
 * @param rejectedFiles the files with the rejected events, gaps and absent offsets of the batch, which belong to another table;
 *     a file has a row for each rejected event and for each range
 */
public record TableRecord(
        Commit commit,
        TopicIdentity topic,
        Optional<String> schema,
        ReadOffsets read,
        Counts batch,
        Counts total,
        SortedMap<Integer, Long> first,
        List<LedgerFile> rejectedFiles) {

    /** Increases when the meaning of a field changes, but not when a field is added. */
    public static final int VERSION = 1;

    /**
     * One commit of a batch.
     *
     * @param attempt differs in each attempt at a batch, so that a job recognizes its own commit
     */
    public record Commit(String run, long seq, String attempt, Instant at) {}

    /**
     * How many offsets have a valid event, have a rejected one, are in a gap, or have no record.
     *
     * @param rows those with a valid event
     */
    public record Counts(long rows, long rejected, long gaps, long absent) {
        public static final Counts NONE = new Counts(0, 0, 0, 0);

        static Counts of(ReadOffsets read, long rows, long rejected) {
            long gaps = read.gaps().stream().mapToLong(OffsetGap::length).reduce(0, Math::addExact);
            return new Counts(
                    rows,
                    rejected,
                    gaps,
                    read.absent().map(AbsentOffsets::count).orElse(0L));
        }

        public long events() {
            return Math.addExact(rows, rejected);
        }

        long offsets() {
            return Math.addExact(events(), Math.addExact(gaps, absent));
        }

        Counts plus(Counts other) {
            return new Counts(
                    Math.addExact(rows, other.rows),
                    Math.addExact(rejected, other.rejected),
                    Math.addExact(gaps, other.gaps),
                    Math.addExact(absent, other.absent));
        }
    }

    public TableRecord {
        first = Collections.unmodifiableSortedMap(new TreeMap<>(first));
        rejectedFiles = List.copyOf(rejectedFiles);
    }

    /**
     * Returns the record of the batch after another one.
     *
     * @param before the record of the batch before; empty for the first batch
     */
    public static TableRecord after(
            Optional<TableRecord> before,
            Commit commit,
            TopicIdentity topic,
            Optional<String> schema,
            ReadOffsets read,
            long rows,
            List<LedgerFile> rejectedFiles) {
        Counts batch = Counts.of(read, rows, read.events() - rows);
        SortedMap<Integer, Long> first =
                new TreeMap<>(before.map(TableRecord::first).orElse(Collections.emptySortedMap()));
        read.ranges().forEach((partition, range) -> first.putIfAbsent(partition, range.from()));
        Counts total = before.map(TableRecord::total).orElse(Counts.NONE).plus(batch);
        return new TableRecord(commit, topic, schema, read, batch, total, first, rejectedFiles);
    }
}
