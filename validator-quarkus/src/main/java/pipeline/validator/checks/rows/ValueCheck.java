package pipeline.validator.checks.rows;

import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.Tally;

/** Every value is a number within the allowed range, which is that of the batch's schema if it has one. */
public final class ValueCheck implements Check {
    private static final Rule RULE =
            new Rule("value", (int) Event.MIN_VALUE + " to " + (int) Event.MAX_VALUE + ", never null, NaN or infinite");

    private static final Rule OF_SCHEMA =
            new Rule("value", "within the bounds of the schema, never null, NaN or infinite");

    @Override
    public Finding check(Evidence evidence) {
        return check(evidence, evidence.data().hasSchemas() ? OF_SCHEMA : RULE);
    }

    private static Finding check(Evidence evidence, Rule rule) {
        Tally total = evidence.data().total();
        if (total.rows() == 0) {
            return rule.noData("no rows", "There are no rows yet.");
        }
        long bad = total.outOfRange() + total.notFinite();
        String observed = total.outOfRange() + " out of range, " + total.nulls() + " null, " + total.nans() + " NaN, "
                + total.infinities() + " infinite";
        return bad == 0
                ? rule.ok(observed, "Every value is in range.")
                : rule.failed(
                        observed, "Not allowed in an event: " + bad + " of " + Counted.of(total.rows(), "value") + ".");
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "Values are null, not finite or out of range. The job rejects such events, so it did not write the file. Move"
                + " it out of `" + data.path() + "`.";
    }
}
