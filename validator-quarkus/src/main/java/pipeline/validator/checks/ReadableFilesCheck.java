package pipeline.validator.checks;

import java.util.List;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot.UnreadableFile;

/** Every file can be read to its end. */
public final class ReadableFilesCheck implements Check {
    static final String NAME = "readable-files";

    @Override
    public Finding check(Evidence evidence) {
        List<UnreadableFile> files = evidence.data().runs().stream()
                .flatMap(run -> run.unreadable().stream())
                .toList();
        int total = evidence.data().files();
        String observed = files.size() + " of " + total + " unreadable";
        if (total == 0) {
            return new Finding(NAME, Status.NO_DATA, observed, "0 unreadable", "There is no file yet.");
        }
        if (files.isEmpty()) {
            return new Finding(NAME, Status.OK, observed, "0 unreadable", "Every file can be read.");
        }
        Sample named = Sample.of(files.stream()
                .map(file -> file.path() + " (" + file.reason() + ")")
                .toList());
        return new Finding(NAME, Status.FAILED, observed, "0 unreadable", "Can't be read: " + named);
    }
}
