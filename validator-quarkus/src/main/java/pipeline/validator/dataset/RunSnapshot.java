package pipeline.validator.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run at one moment. Paths are relative to the tree's root.
 *
 * @param files data files that count, the unreadable ones too
 * @param head where its first rows are
 * @param problems what else is wrong with the run's data, for people
 * @param lastCommit nothing without a ledger
 */
public record RunSnapshot(
        String name,
        Kind kind,
        int files,
        Tallies tallies,
        List<UnreadableFile> unreadable,
        List<String> problems,
        long rejected,
        Head head,
        Optional<Instant> lastCommit) {

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
