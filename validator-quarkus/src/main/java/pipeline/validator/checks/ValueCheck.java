package pipeline.validator.checks;

import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Tally;

/** Every value is a number of the range. */
public final class ValueCheck implements Check {
    static final String NAME = "value";
    private static final String EXPECTED =
            (int) Event.MIN_VALUE + " to " + (int) Event.MAX_VALUE + ", never null, NaN or infinite";

    @Override
    public Finding check(Evidence evidence) {
        Tally total = evidence.data().total();
        if (total.rows() == 0) {
            return new Finding(NAME, Status.NO_DATA, "no rows", EXPECTED, "There is no row yet.");
        }
        String observed = total.outOfRange() + " out of range, " + total.nulls() + " null, " + total.nans() + " NaN, "
                + total.infinities() + " infinite";
        return total.outOfRange() + total.notFinite() == 0
                ? new Finding(NAME, Status.OK, observed, EXPECTED, "Every value is in range.")
                : new Finding(
                        NAME,
                        Status.FAILED,
                        observed,
                        EXPECTED,
                        (total.outOfRange() + total.notFinite()) + " of " + total.rows()
                                + " values are none that an event may have.");
    }
}
