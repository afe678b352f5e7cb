package pipeline.validator.checks;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import pipeline.events.Timestamps;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Tally;

/** Every row has a ts. One from the future is a warning: an event may have it, but it is seldom meant. */
public final class TimestampCheck implements Check {
    static final String NAME = "ts";

    private final Duration tolerance;

    public TimestampCheck(Duration tolerance) {
        this.tolerance = tolerance;
    }

    @Override
    public Finding check(Evidence evidence) {
        Instant limit = evidence.data().asOf().plus(tolerance);
        String expected = "present, not after " + Timestamps.format(limit);
        Tally total = evidence.data().total();
        if (total.rows() == 0) {
            return new Finding(NAME, Status.NO_DATA, "no rows", expected, "There is no row yet.");
        }
        if (total.lastTs().isEmpty() || total.nullTs() > 0) {
            return new Finding(
                    NAME, Status.FAILED, total.nullTs() + " without ts", expected, "Rows without a usable ts.");
        }
        Instant last = Instant.EPOCH.plus(total.lastTs().getAsLong(), ChronoUnit.MICROS);
        String observed = "0 without ts, the last one is " + Timestamps.format(last);
        return last.isAfter(limit)
                ? new Finding(NAME, Status.WARN, observed, expected, "The last ts is in the future.")
                : new Finding(NAME, Status.OK, observed, expected, "Every row has a ts, none from the future.");
    }
}
