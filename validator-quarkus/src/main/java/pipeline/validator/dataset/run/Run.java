package pipeline.validator.dataset.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known about one run so far. Implementations differ in what tells which files count: a ledger, or a list of files.
 * For one thread at a time; what a run returns never changes.
 */
public interface Run {
    String name();

    RunSnapshot.Kind kind();

    /**
     * Finds out what is new, without reading data.
     *
     * @return false if this is no longer the same run, so that everything has to be read again
     */
    boolean follow();

    /** Returns the time of the last commit; nothing if there is no ledger, or no record in it. */
    Optional<Instant> lastCommit();

    /** Returns when something last changed, {@link Instant#EPOCH} if there is nothing. */
    Instant lastChange();

    /** Reads the new data files, and retries those that could not be read. Returns how many files that were. */
    int read(Scanner scanner);

    RunSnapshot snapshot();
}
