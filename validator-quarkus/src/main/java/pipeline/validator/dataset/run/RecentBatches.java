package pipeline.validator.dataset.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.Tallies;

/** Keeps the totals of a run's newest batches one by one, so that they can be forgotten one by one. */
final class RecentBatches {
    static final int LEAST = 10;
    private static final Duration PERIOD = Duration.ofHours(1);

    private record Batch(Instant committedAt, long events, long rejected, Tallies tallies) {}

    private final TreeMap<Long, Batch> batches = new TreeMap<>();

    /** Adds the record after the last one. Leaves out a record without a commit time, which no job writes. */
    void add(LedgerRecord record) {
        if (record.committedAt() != null) {
            batches.put(
                    record.seq(), new Batch(record.committedAt(), record.events(), record.rejected(), new Tallies()));
        }
        while (batches.size() > LEAST && !isRecent(batches.firstEntry().getValue())) {
            batches.pollFirstEntry();
        }
    }

    /** A commit in the future, by a clock that was wrong, is not recent either. Otherwise all batches after it would be kept. */
    private boolean isRecent(Batch batch) {
        Instant last = batches.lastEntry().getValue().committedAt();
        return Duration.between(batch.committedAt(), last).abs().compareTo(PERIOD) <= 0;
    }

    /** Adds a file of a batch, unless the batch is forgotten. */
    void add(long seq, Tallies ofFile) {
        Batch batch = batches.get(seq);
        if (batch != null) {
            batch.tallies().add(ofFile);
        }
    }

    /** Returns nothing before the first batch. */
    Optional<RecentTotals> totals() {
        if (batches.isEmpty()) {
            return Optional.empty();
        }
        boolean inAnHour = true;
        long events = 0;
        long rejected = 0;
        Tallies tallies = new Tallies();
        for (Batch batch : batches.values()) {
            inAnHour &= isRecent(batch);
            events += batch.events();
            rejected += batch.rejected();
            tallies.add(batch.tallies());
        }
        return Optional.of(new RecentTotals(batches.size(), inAnHour, events, rejected, tallies));
    }
}
