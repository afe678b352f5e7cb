package pipeline.validator.validation;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import pipeline.events.Timestamps;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.content.Counted;

/**
 * The answer of {@code GET /validation}: all findings, and the worst status of any. Checks that had nothing to check do not
 * count.
 */
@Schema(name = "ValidationAnswer")
public record ValidationReport(Status status, String message, List<Finding> checks, String asOf) {

    static ValidationReport of(DatasetSnapshot data, RunSelection selection, List<Finding> findings) {
        List<String> failed = names(Status.FAILED, findings);
        List<String> warnings = names(Status.WARN, findings);
        String asOf = Timestamps.format(data.asOf());
        if (!failed.isEmpty()) {
            return new ValidationReport(Status.FAILED, message(failed, "failed"), findings, asOf);
        }
        if (data.rows() == 0) {
            return new ValidationReport(Status.NO_DATA, DatasetVerdict.noData(data, selection), findings, asOf);
        }
        if (!warnings.isEmpty()) {
            String verb = warnings.size() == 1 ? "warns" : "warn";
            return new ValidationReport(Status.WARN, message(warnings, verb), findings, asOf);
        }
        int passed = names(Status.OK, findings).size();
        return new ValidationReport(Status.OK, Counted.of(passed, "check") + " passed.", findings, asOf);
    }

    private static List<String> names(Status status, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.status() == status)
                .map(Finding::name)
                .toList();
    }

    private static String message(List<String> names, String verb) {
        return Counted.of(names.size(), "check") + " " + verb + ": " + String.join(", ", names) + ".";
    }
}
