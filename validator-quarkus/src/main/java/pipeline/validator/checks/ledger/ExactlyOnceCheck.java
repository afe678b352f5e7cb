package pipeline.validator.checks.ledger;

import pipeline.events.settings.Settings;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.content.Counted;

/**
 * Every offset that was read from Kafka is in the files exactly once, or among the rejected events. Without a ledger nothing
 * says what was read. Then a duplicate offset fails, and a hole between two offsets, which may have been rejected, warns.
 */
public final class ExactlyOnceCheck implements Check {
    private static final Rule RULE = new Rule("exactly-once", "every offset once");

    @Override
    public Finding check(Evidence evidence) {
        return evidence.offsets()
                .map(ExactlyOnceCheck::check)
                .orElseGet(() -> RULE.noData("not read", "This check reads every row. Request it with deep=true."));
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "Rows are missing or duplicated. The check `ledger-files` names files that do not belong in `"
                + data.path()
                + "`: move them out and request `deep=true` again. If rows are still missing, read the topic again with"
                + " another `" + Settings.RUN_ID + "`.";
    }

    private static Finding check(OffsetAudit audit) {
        if (audit.rows() == 0 && audit.offsets() == 0) {
            return audit.withoutOffset() == 0
                    ? RULE.noData("no rows", "There are no rows yet.")
                    : RULE.noData("no offsets", "The rows have no Kafka offsets.");
        }
        OffsetAudit.Faults faults = audit.faults();
        String observed = Counted.of(audit.rows(), "row") + ", "
                + Counted.of(faults.missing().count() + faults.holes().count(), "offset") + " missing, "
                + faults.twice().count() + " twice, "
                + faults.unexpected().count()
                + " unexpected, " + Counted.of(audit.withoutOffset(), "row") + " without offset";
        String failures = Check.join(
                faults.missing().sentence("Missing"),
                faults.twice().sentence("Twice"),
                faults.unexpected().sentence("Unexpected"),
                faults.unreadable().sentence("Unreadable"));
        if (!failures.isEmpty() || audit.withoutOffset() > 0) {
            return RULE.failed(observed, "As partition:offset. " + failures);
        }
        return faults.holes().isEmpty()
                ? RULE.ok(observed, "Every offset is present exactly once." + before(audit))
                : RULE.warn(
                        observed,
                        "As partition:offset; these may be rejected events. "
                                + faults.holes().sentence("Missing"));
    }

    private static String before(OffsetAudit audit) {
        return audit.filesBefore() == 0
                ? ""
                : " " + Counted.of(audit.filesBefore(), "file") + " had been read by an earlier audit; deep=full reads"
                        + " all again.";
    }
}
