package pipeline.validator.checks;

import java.util.List;
import java.util.function.Function;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Sentences;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * Every offset that was read from Kafka is in the files exactly once, or among the rejected events. Where there is no
 * ledger, nobody says what was read: then an offset that is there twice fails, and one missing between two others, which
 * may have been rejected, is a warning.
 */
public final class ExactlyOnceCheck implements Check {
    static final String NAME = "exactly-once";
    private static final String EXPECTED = "every offset once";

    @Override
    public Finding check(Evidence evidence) {
        if (evidence.offsets().isEmpty()) {
            return new Finding(
                    NAME, Status.NO_DATA, "not read", EXPECTED, "Reads every row: ask for it with deep=true.");
        }
        List<OffsetAudit> audits = evidence.offsets().get();
        long rows = audits.stream().mapToLong(OffsetAudit::rows).sum();
        long withoutOffset =
                audits.stream().mapToLong(OffsetAudit::withoutOffset).sum();
        long promised =
                promised(audits).stream().mapToLong(OffsetAudit::offsets).sum();
        if (rows == 0 && promised == 0 && withoutOffset == 0) {
            return new Finding(NAME, Status.NO_DATA, "no rows", EXPECTED, "There is no row yet.");
        }
        if (rows == 0 && promised == 0) {
            return new Finding(
                    NAME, Status.NO_DATA, "no offsets", EXPECTED, "The rows do not say where in Kafka they come from.");
        }
        Sample missing = sum(promised(audits), OffsetAudit::missing);
        Sample holes = sum(
                audits.stream()
                        .filter(audit -> audit.kind() != RunSnapshot.Kind.LEDGER)
                        .toList(),
                OffsetAudit::missing);
        Sample twice = sum(audits, OffsetAudit::twice);
        Sample unexpected = sum(audits, OffsetAudit::unexpected);
        Sample unreadable = sum(audits, OffsetAudit::unreadable);
        String observed = rows + " rows, " + (missing.count() + holes.count()) + " offsets missing, " + twice.count()
                + " twice, " + unexpected.count() + " unexpected, " + withoutOffset + " rows without one";
        String failures =
                Sentences.of("Missing", missing, "Twice", twice, "Unexpected", unexpected, "Unreadable", unreadable);
        if (!failures.isEmpty() || withoutOffset > 0) {
            return new Finding(NAME, Status.FAILED, observed, EXPECTED, "As partition:offset. " + failures);
        }
        return holes.isEmpty()
                ? new Finding(NAME, Status.OK, observed, EXPECTED, "Every offset is there exactly once.")
                : new Finding(
                        NAME,
                        Status.WARN,
                        observed,
                        EXPECTED,
                        "As partition:offset, and perhaps rejected. " + Sentences.of("Missing", holes));
    }

    private static List<OffsetAudit> promised(List<OffsetAudit> audits) {
        return audits.stream()
                .filter(audit -> audit.kind() == RunSnapshot.Kind.LEDGER)
                .toList();
    }

    private static Sample sum(List<OffsetAudit> audits, Function<OffsetAudit, Sample> part) {
        return audits.stream().map(part).reduce(Sample.NONE, Sample::plus);
    }
}
