package pipeline.validator.checks.rows;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import pipeline.events.Timestamps;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Tally;

/**
 * Every row has a ts, unless it is that of a Kafka record, which no column of a file may be able to hold. One in the future is a warning: it is allowed, but rarely intended. If there is a ledger, only the newest
 * batches can warn, because older ones say nothing about the clocks of today.
 */
public record TimestampCheck(Duration tolerance) implements Check {
    @Override
    public Finding check(Evidence evidence) {
        Instant limit = evidence.data().asOf().plus(tolerance);
        Rule rule = new Rule("ts", "present, not after " + Timestamps.format(limit));
        Tally total = evidence.data().total();
        if (total.rows() == 0) {
            return rule.noData("no rows", "There are no rows yet.");
        }
        if (total.nullTs() > 0 || (total.lastTs().isEmpty() && !evidence.data().hasSchemas())) {
            return rule.failed(total.nullTs() + " without ts", "Some rows have no usable ts.");
        }
        if (total.lastTs().isEmpty()) {
            return rule.ok("0 without ts", "No time of a Kafka record fits into the files.");
        }
        Instant latest = instant(total);
        Instant recent = evidence.data()
                .recent()
                .map(newest -> newest.tallies().total())
                .filter(newest -> newest.lastTs().isPresent())
                .map(TimestampCheck::instant)
                .orElse(latest);
        String observed = "0 without ts, the latest is " + Timestamps.format(latest);
        if (recent.isAfter(limit)) {
            return rule.warn(observed, "The latest ts is in the future.");
        }
        return rule.ok(
                observed,
                latest.isAfter(limit)
                        ? "Every row has a ts, and no new one is in the future."
                        : "Every row has a ts, and none is in the future.");
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "If it fails, rows have no ts: the job rejects such events, so it did not write the file. Move it out of `"
                + data.path() + "`. If it warns, new events have a ts in the future: compare the clocks of the producer"
                + " and of this machine.";
    }

    private static Instant instant(Tally rows) {
        return Instant.EPOCH.plus(rows.lastTs().getAsLong(), ChronoUnit.MICROS);
    }
}
