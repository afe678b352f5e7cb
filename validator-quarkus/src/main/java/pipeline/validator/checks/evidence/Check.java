package pipeline.validator.checks.evidence;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One check. It looks at nothing but the evidence, so that the same evidence always gives the same finding. */
public interface Check {
    Finding check(Evidence evidence);

    /**
     * @param name of the check; it never changes
     * @param status {@link Status#NO_DATA} if there was nothing to check
     * @param observed what is
     * @param expected what should be
     * @param message for people: what is wrong and where, or that all is well
     */
    record Finding(String name, Status status, String observed, String expected, String message) {}

    /** What a check holds data against. Makes its findings. */
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
