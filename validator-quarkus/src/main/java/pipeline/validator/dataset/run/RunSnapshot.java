package pipeline.validator.dataset.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.ledger.LedgerSummary;

/**
 * A run at one moment. Paths are relative to the tree's root.
 *
 * @param files data files that count, the unreadable ones too
 * @param otherSchema files whose columns differ from what the job writes, each with how
 * @param withoutOffsets files that do not say where in Kafka their rows come from
 * @param otherRows files that hold another number of rows than the ledger says, each with both
 * @param badRecords records of the ledger, or of Spark's log, that can't be read, each with the reason
 * @param rejected events that the ledger counts as not valid
 * @param head where its first rows are
 * @param changed when it last committed, or when a file last changed where there is no ledger
 * @param ledger nothing where there is none, or no record in it
 */
public record RunSnapshot(
        String name,
        Kind kind,
        int files,
        Tallies tallies,
        List<UnreadableFile> unreadable,
        Sample otherSchema,
        int withoutOffsets,
        Sample otherRows,
        Sample badRecords,
        long rejected,
        Head head,
        Instant changed,
        Optional<LedgerSummary> ledger) {

    /** Returns what is wrong with the data, apart from files that can't be read; for people. */
    public List<String> problems() {
        return Stream.of(badRecords, otherRows)
                .flatMap(sample -> sample.first().stream())
                .toList();
    }

    /** What says which files count. */
    public enum Kind {
        LEDGER,
        SPARK_METADATA,
        LISTING
    }

    /**
     * The first files in the order of paths, enough for {@link HeadFiles#MAX_ROWS} rows.
     *
     * @param version tells these files from other ones of the same paths
     */
    public record Head(List<String> paths, Object version) {}

    /**
     * A file that could not be read.
     *
     * @param reason why, for people
     */
    public record UnreadableFile(String path, String reason) {}
}
