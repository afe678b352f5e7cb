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
        Status status = !failed.isEmpty()
                ? Status.FAILED
                : data.isEmpty() ? Status.NO_DATA : warnings.isEmpty() ? Status.OK : Status.WARN;
        String message =
                switch (status) {
                    case FAILED -> message(failed, "failed");
                    case NO_DATA -> DatasetVerdict.noData(data, selection);
                    case WARN -> message(warnings, warnings.size() == 1 ? "warns" : "warn");
                    case OK -> Counted.of(names(Status.OK, findings).size(), "check") + " passed.";
                };
        return new ValidationReport(status, message, findings, Timestamps.format(data.asOf()));
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
