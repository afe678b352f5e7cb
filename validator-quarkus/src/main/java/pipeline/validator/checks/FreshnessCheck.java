package pipeline.validator.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import pipeline.events.Timestamps;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.run.RunSnapshot;

/** Something was committed not long ago. */
public final class FreshnessCheck implements Check {
    static final String NAME = "freshness";

    private final Duration staleAfter;

    public FreshnessCheck(Duration staleAfter) {
        this.staleAfter = staleAfter;
    }

    @Override
    public Finding check(Evidence evidence) {
        String expected = "at most " + text(staleAfter) + " old";
        Instant newest = evidence.data().runs().stream()
                .filter(run -> run.files() > 0 || run.ledger().isPresent())
                .map(RunSnapshot::changed)
                .max(Instant::compareTo)
                .orElse(null);
        if (newest == null) {
            return new Finding(NAME, Status.NO_DATA, "nothing", expected, "Nothing was committed yet.");
        }
        Duration age = Duration.between(newest, evidence.data().asOf());
        String observed = text(age.isNegative() ? Duration.ZERO : age) + " old";
        return age.compareTo(staleAfter) > 0
                ? new Finding(
                        NAME,
                        Status.WARN,
                        observed,
                        expected,
                        "The newest data is of " + Timestamps.format(newest) + ": are producer and job running?")
                : new Finding(NAME, Status.OK, observed, expected, "New data keeps coming.");
    }

    /** Returns for example {@code 2h5m}, without fractions of a second. */
    private static String text(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds()).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
