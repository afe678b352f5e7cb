package pipeline.streaming.records;

import java.util.List;
import pipeline.streaming.lifecycle.CannotContinueException;

/** Kafka no longer has records that the run has: its log was cut, and may have been filled again with other records. */
public final class EventsLostException extends CannotContinueException {
    private static final long serialVersionUID = 1;

    private final transient List<Integer> partitions;

    /** @param what one sentence for each of the partitions, as the rest of a sentence that starts with its name */
    public EventsLostException(List<Integer> partitions, String what) {
        super("Kafka lost events that this run has: " + what
                + ". Set RUN_ID to another name to read what Kafka has now; this run keeps what Kafka lost.");
        this.partitions = List.copyOf(partitions);
    }

    /** Returns the partitions that lost records. */
    public List<Integer> partitions() {
        return partitions;
    }
}
