package pipeline.validator.dataset.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pipeline.validator.dataset.content.Tallies;

/** The latest ts of a run's batches, for blocks of {@value #BATCHES} batches, so that a long ledger takes little memory. */
final class LastTs {
    private static final int BATCHES = 64;

    /** The latest ts by block, in microseconds since 1970. */
    private final Map<Long, Long> ofBlock = new ConcurrentHashMap<>();

    void add(long seq, Tallies ofFile) {
        ofFile.total().lastTs().ifPresent(ts -> ofBlock.merge(seq / BATCHES, ts, Math::max));
    }

    /** Returns false if no row of the batch has this ts or a later one. */
    boolean mayReach(long seq, Instant ts) {
        Long last = ofBlock.get(seq / BATCHES);
        return last != null && last >= ChronoUnit.MICROS.between(Instant.EPOCH, ts);
    }
}
