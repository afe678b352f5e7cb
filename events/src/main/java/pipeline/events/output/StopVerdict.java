package pipeline.events.output;

import java.time.Instant;
import java.util.List;

/**
 * Why the job stopped for good: Kafka no longer has records that the run has.
 *
 * @param at when it found that out
 * @param partitions those whose last record is gone
 * @param reason what the job said, for people
 */
public record StopVerdict(Instant at, List<Integer> partitions, String reason) {
    public StopVerdict {
        partitions = List.copyOf(partitions);
    }
}
