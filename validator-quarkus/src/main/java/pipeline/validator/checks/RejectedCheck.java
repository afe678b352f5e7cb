package pipeline.validator.checks;

import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.run.RunSnapshot;

/** Few events are rejected. */
public final class RejectedCheck implements Check {
    static final String NAME = "rejected";

    private final double warn;
    private final double fail;

    public RejectedCheck(double warn, double fail) {
        this.warn = warn;
        this.fail = fail;
    }

    @Override
    public Finding check(Evidence evidence) {
        String expected = "at most " + percent(warn);
        long events = evidence.ledgers().stream()
                .mapToLong(run -> run.ledger().orElseThrow().events())
                .sum();
        long rejected =
                evidence.ledgers().stream().mapToLong(RunSnapshot::rejected).sum();
        if (events == 0) {
            return new Finding(NAME, Status.NO_DATA, "no ledger", expected, "No ledger counts rejected events.");
        }
        double ratio = (double) rejected / events;
        String observed = rejected + " of " + events + " events, " + percent(ratio);
        if (ratio > warn) {
            return new Finding(
                    NAME,
                    ratio > fail ? Status.FAILED : Status.WARN,
                    observed,
                    expected,
                    "The files under rejected/ keep each event with its reason.");
        }
        return new Finding(NAME, Status.OK, observed, expected, "Few events are rejected.");
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 10_000) / 100.0 + " %";
    }
}
