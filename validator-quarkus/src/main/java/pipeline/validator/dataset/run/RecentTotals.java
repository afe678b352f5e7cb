package pipeline.validator.dataset.run;

import pipeline.validator.dataset.content.Tallies;

/**
 * What the newest batches of a run hold: those of the hour before its last commit, and at least the last {@value
 * RecentBatches#LEAST}.
 *
 * @param inAnHour whether all of them were committed within that hour
 * @param events events read from Kafka
 * @param rejected how many of them are not valid
 * @param tallies of the rows, as far as the files can be read
 */
public record RecentTotals(long batches, boolean inAnHour, long events, long rejected, Tallies tallies) {
    public RecentTotals plus(RecentTotals other) {
        Tallies both = tallies.copy();
        both.add(other.tallies);
        return new RecentTotals(
                batches + other.batches,
                inAnHour && other.inAnHour,
                events + other.events,
                rejected + other.rejected,
                both);
    }

    /** Returns for people which batches these are. */
    public String period() {
        return inAnHour ? "in the last hour" : "in the last " + batches + " batches";
    }
}
