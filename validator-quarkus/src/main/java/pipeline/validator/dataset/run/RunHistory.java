package pipeline.validator.dataset.run;

import java.time.Instant;
import java.util.List;
import pipeline.events.output.LedgerRecord;

/** What a run committed, from the newest backwards. Any number of threads may use it. */
public interface RunHistory {
    /**
     * Returns the files that were committed at a time or later, or modified since then if there is no ledger. An event is
     * committed after it happened, so these files hold every event since then, unless its ts was in the future.
     */
    List<String> since(Instant from);

    /** Returns the newest files: enough for a number of rows if a ledger counts them, and that number of files if not. */
    List<String> holding(int rows);

    /** Returns the newest records of the ledger, newest first; none if there is no ledger. */
    List<LedgerRecord> records(int limit);
}
