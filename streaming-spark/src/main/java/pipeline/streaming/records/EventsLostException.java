package pipeline.streaming.records;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import pipeline.events.settings.Settings;
import pipeline.streaming.lifecycle.CannotContinueException;

/** Kafka no longer has records that the run has: its log was cut, and may have been filled again with other records. */
public final class EventsLostException extends CannotContinueException {
    private static final long serialVersionUID = 1;

    private static final int NAMED = 3;

    private final transient List<Integer> partitions;

    /** @param lost for each partition that lost records, what was found there, in words */
    public EventsLostException(SortedMap<Integer, String> lost) {
        super("Kafka lost events that this run has: "
                + lost.values().stream().limit(NAMED).collect(Collectors.joining("; "))
                + (lost.size() > NAMED ? "; and " + (lost.size() - NAMED) + " more partitions" : "")
                + ". Set " + Settings.RUN_ID
                + " to another name to read what Kafka has now; this run keeps what Kafka lost.");
        this.partitions = List.copyOf(lost.keySet());
    }

    /** Returns the partitions that lost records. */
    public List<Integer> partitions() {
        return partitions;
    }
}
