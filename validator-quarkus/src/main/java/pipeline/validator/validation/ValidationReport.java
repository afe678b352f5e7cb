package pipeline.validator.validation;

import java.util.List;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.run.DatasetSnapshot;
import pipeline.validator.dataset.run.RunSelection;

/** All findings, and what they come to: the worst one counts; checks that had nothing to check do not. */
public record ValidationReport(DatasetSnapshot data, Status status, String message, List<Finding> findings) {

    static ValidationReport of(DatasetSnapshot data, RunSelection selection, List<Finding> findings) {
        List<Finding> failed = with(Status.FAILED, findings);
        List<Finding> warnings = with(Status.WARN, findings);
        List<Finding> passed = with(Status.OK, findings);
        if (!failed.isEmpty()) {
            return new ValidationReport(data, Status.FAILED, checks(failed, "failed") + ": " + names(failed), findings);
        }
        if (data.rows() == 0) {
            return new ValidationReport(
                    data, Status.NO_DATA, DatasetVerdict.of(data, selection).message(), findings);
        }
        return warnings.isEmpty()
                ? new ValidationReport(data, Status.OK, checks(passed, "passed") + ".", findings)
                : new ValidationReport(
                        data,
                        Status.WARN,
                        checks(warnings, warnings.size() == 1 ? "warns" : "warn") + ": " + names(warnings),
                        findings);
    }

    private static List<Finding> with(Status status, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.status() == status).toList();
    }

    private static String checks(List<Finding> findings, String verb) {
        return findings.size() + (findings.size() == 1 ? " check " : " checks ") + verb;
    }

    private static String names(List<Finding> findings) {
        return String.join(", ", findings.stream().map(Finding::name).toList()) + ".";
    }
}
