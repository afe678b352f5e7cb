package pipeline.validator.api;

import java.util.List;
import pipeline.events.Timestamps;
import pipeline.validator.checks.Finding;
import pipeline.validator.checks.Status;
import pipeline.validator.checks.ValidationReport;

/** What {@code GET /validation} answers. */
public record ValidationAnswer(Status status, String message, List<Finding> checks, String asOf) {
    static ValidationAnswer of(ValidationReport report) {
        return new ValidationAnswer(
                report.status(),
                report.message(),
                report.findings(),
                Timestamps.format(report.data().asOf()));
    }
}
