package pipeline.validator.dataset.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import pipeline.events.output.LedgerRecord;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.FileSums;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.ledger.RunSchemas;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * A run at one moment. Paths are relative to the tree's root.
 *
 * @param unreachable why the folder cannot be read now, for people; then everything else is what was known before
 */
public record RunSnapshot(
        RunFolder folder, Kind kind, Content content, Faults faults, Commits commits, Optional<String> unreachable) {

    /**
     * What the data files hold.
     *
     * @param files number of data files that count, including those that could not be read
     * @param events only of a run whose events have schemas
     */
    public record Content(int files, Tallies tallies, Head head, Optional<Events> events) {}

    /**
     * Events with schemas.
     *
     * @param newest the newest schema that can be read
     */
    public record Events(RunSchemas schemas, Optional<EventSchema> newest, EventTotals totals) {}

    /**
     * What is wrong with files of the run.
     *
     * @param unread files that could not be read yet; each is tried again
     * @param otherSchema files whose columns differ from those that the job writes, each with the difference
     * @param withoutOffsets number of files whose rows have no Kafka offset
     * @param otherRows files whose number of rows differs from the ledger's, each with both numbers
     * @param badRecords records of the ledger, or of Spark's log, that cannot be read, each with the reason
     */
    public record Faults(
            List<UnreadFile> unread, Sample otherSchema, int withoutOffsets, Sample otherRows, Sample badRecords) {}

    /**
     * What the run committed, and when.
     *
     * @param last when it last committed, or when a file last changed if there is no ledger
     * @param ledger nothing if there is no ledger, or no record in it
     * @param recent what the newest batches hold; nothing in the same cases
     * @param committed nothing if there is no ledger
     */
    public record Commits(
            Instant last,
            Optional<LedgerSummary> ledger,
            Optional<RecentTotals> recent,
            Optional<Committed> committed,
            History history) {
        static Commits withoutLedger(Instant last, History history) {
            return new Commits(last, Optional.empty(), Optional.empty(), Optional.empty(), history);
        }
    }

    public String name() {
        return folder.name();
    }

    /** Returns the schema of the events in a file; nothing if it is the built-in one. */
    public Optional<EventSchema> schemaOf(String path) throws UnreadableFileException {
        return content.events().isPresent() ? content.events().get().schemas().of(path) : Optional.empty();
    }

    /** Returns how many events the ledger counts as rejected, 0 if there is no ledger. */
    public long rejected() {
        return commits.ledger().map(LedgerSummary::rejected).orElse(0L);
    }

    /** Returns what is wrong with the data, apart from files that could not be read; for people. */
    public List<String> problems() {
        return Stream.concat(
                        unreachable.stream(),
                        Stream.of(faults.badRecords(), faults.otherRows()).flatMap(sample -> sample.first().stream()))
                .toList();
    }

    /** What determines which files count. */
    public enum Kind {
        LEDGER,
        SPARK_METADATA,
        LISTING
    }

    /**
     * What the ledger claims to be in the run's folder.
     *
     * @param newest the number of the newest record, negative if there is none
     * @param files all files of the records, whose paths start with the run's name
     */
    public record Committed(long newest, FileSums files) {}

    /**
     * The first files in the order of paths, enough for {@link HeadFiles#MAX_ROWS} rows.
     *
     * @param version differs if the files changed while their paths stayed the same
     */
    public record Head(List<String> paths, Object version) {}

    /** @param reason why the file could not be read, for people */
    public record UnreadFile(String path, String reason) {
        @Override
        public String toString() {
            return path + " (" + reason + ")";
        }
    }

    /** What a run committed, from the newest backwards. Any number of threads may use it. */
    public interface History {
        /**
         * Returns the files that may hold events since then: those that were committed at that time or later, or modified if
         * there is no ledger, apart from those that are known to hold only earlier events. An event is committed after it
         * happened, unless its ts was in the future.
         */
        List<String> since(Instant from);

        /** Returns the newest files: enough for this many rows if a ledger counts them, otherwise this many files. */
        List<String> holding(int rows);

        /**
         * Passes on the records of the ledger, newest first; none if there is no ledger.
         *
         * @param action returns whether it wants another record
         */
        default void forEachRecord(Predicate<LedgerRecord> action) {}
    }
}
