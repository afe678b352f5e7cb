package pipeline.validator.checks.evidence;

import java.util.ArrayList;
import java.util.List;
import pipeline.validator.dataset.content.Sample;

/** Puts samples into words. */
public final class Sentences {
    private Sentences() {}

    /** Returns for example {@code Missing (2): a, b. Stray (1): c.} from labels and samples in turn; empty ones are left out. */
    public static String of(Object... labelsAndSamples) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < labelsAndSamples.length; i += 2) {
            Sample sample = (Sample) labelsAndSamples[i + 1];
            if (!sample.isEmpty()) {
                sentences.add(labelsAndSamples[i] + " (" + sample.count() + "): " + sample + ".");
            }
        }
        return String.join(" ", sentences);
    }
}
