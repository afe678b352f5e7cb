package pipeline.validator.validation;

import java.util.List;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.content.Counted;

/** All findings, and the overall status: the worst one. Checks that had nothing to check do not count. */
public record ValidationReport(DatasetSnapshot data, Status status, String message, List<Finding> findings) {

    static ValidationReport of(DatasetSnapshot data, RunSelection selection, List<Finding> findings) {
        List<String> failed = names(Status.FAILED, findings);
        List<String> warnings = names(Status.WARN, findings);
        if (!failed.isEmpty()) {
            return new ValidationReport(data, Status.FAILED, message(failed, "failed"), findings);
        }
        if (data.rows() == 0) {
            return new ValidationReport(data, Status.NO_DATA, DatasetVerdict.noData(data, selection), findings);
        }
        if (!warnings.isEmpty()) {
            String verb = warnings.size() == 1 ? "warns" : "warn";
            return new ValidationReport(data, Status.WARN, message(warnings, verb), findings);
        }
        int passed = names(Status.OK, findings).size();
        return new ValidationReport(data, Status.OK, Counted.of(passed, "check") + " passed.", findings);
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
