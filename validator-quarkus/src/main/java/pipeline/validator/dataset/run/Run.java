package pipeline.validator.dataset.run;

import java.time.Instant;
import java.util.Optional;

/** What is known of one run's folder so far. For one thread at a time; what it gives out never changes. */
interface Run {
    String name();

    RunSnapshot.Kind kind();

    /**
     * Finds out what is new without reading data.
     *
     * @return false when this is not the same run any more, so that all has to be read anew
     */
    boolean follow();

    /** Returns when the run committed last; nothing when it has no ledger, or no record in it. */
    Optional<Instant> lastCommit();

    /** Returns when something last changed, {@link Instant#EPOCH} when there is nothing. */
    Instant lastChange();

    /** Reads the data files that are new, and those again that could not be read. Returns how many. */
    int read(Scanner scanner);

    RunSnapshot snapshot();
}
