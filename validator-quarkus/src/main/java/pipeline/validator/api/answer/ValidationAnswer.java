package pipeline.validator.api.answer;

import java.util.List;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.validation.ValidationReport;

/** The answer of {@code GET /validation}. */
public record ValidationAnswer(Status status, String message, List<Finding> checks, String asOf) {
    public static ValidationAnswer of(ValidationReport report) {
        return new ValidationAnswer(
                report.status(),
                report.message(),
                report.findings(),
                JsonValues.ts(report.data().asOf()));
    }
}
