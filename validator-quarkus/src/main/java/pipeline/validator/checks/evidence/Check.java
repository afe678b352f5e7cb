package pipeline.validator.checks.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import pipeline.validator.dataset.DatasetSnapshot;

/** One check. It looks at nothing but the evidence, so that the same evidence always gives the same finding. */
public interface Check {
    Finding check(Evidence evidence);

    /** Returns whether it has a finding for the selected runs. */
    default boolean isFor(DatasetSnapshot data) {
        return true;
    }

    /**
     * Returns what to do when this check warns or fails, for people. Backticks mark names, settings and paths. docs/operations.md
     * has the same text.
     *
     * @param data whose paths the text names
     */
    String advice(DatasetSnapshot data);

    /** Returns the finding, with the advice if it warns or fails. */
    default Finding findingWithAdvice(Evidence evidence) {
        Finding finding = check(evidence);
        return finding.status() == Status.WARN || finding.status() == Status.FAILED
                ? finding.with(advice(evidence.data()))
                : finding;
    }

    /**
     * @param name of the check; it never changes
     * @param status {@link Status#NO_DATA} if there was nothing to check
     * @param observed what the check found
     * @param expected what it should find
     * @param message for people: what is wrong and where, or that all is well
     * @param advice for people: what to do; null unless the check warns or fails
     */
    record Finding(
            String name,
            Status status,
            String observed,
            String expected,
            String message,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Schema(description = "What to do, only with WARN and FAILED; backticks mark names and paths")
                    String advice) {
        Finding(String name, Status status, String observed, String expected, String message) {
            this(name, status, observed, expected, message, null);
        }

        Finding with(String text) {
            return new Finding(name, status, observed, expected, message, text);
        }
    }

    /** The name of a check and what it expects; creates its findings. */
    record Rule(String name, String expected) {
        public Finding ok(String observed, String message) {
            return new Finding(name, Status.OK, observed, expected, message);
        }

        public Finding warn(String observed, String message) {
            return new Finding(name, Status.WARN, observed, expected, message);
        }

        public Finding failed(String observed, String message) {
            return new Finding(name, Status.FAILED, observed, expected, message);
        }

        public Finding noData(String observed, String message) {
            return new Finding(name, Status.NO_DATA, observed, expected, message);
        }
    }

    /** Joins sentences, some of which may be empty. */
    static String join(String... sentences) {
        return Stream.of(sentences).filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining(" "));
    }
}
