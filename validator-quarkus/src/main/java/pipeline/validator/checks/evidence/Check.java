package pipeline.validator.checks.evidence;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One check. It looks at nothing but the evidence, so that the same evidence always gives the same finding. */
public interface Check {
    Finding check(Evidence evidence);

    /** Joins sentences, some of which may be empty. */
    static String join(String... sentences) {
        return Stream.of(sentences).filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining(" "));
    }
}
