package pipeline.validator.checks.rows;

import java.util.List;
import pipeline.events.settings.Settings;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot.UnreadFile;

/** Every run's folder can be read, and every file completely. */
public final class ReadableFilesCheck implements Check {
    private static final Rule RULE = new Rule("readable-files", "0 unreadable");

    @Override
    public Finding check(Evidence evidence) {
        List<UnreadFile> files = evidence.data().unreadFiles();
        List<String> folders = evidence.data().unreachable();
        if (!folders.isEmpty()) {
            return RULE.failed(
                    Counted.of(folders.size(), "unreadable folder"),
                    Sample.of(folders).toString());
        }
        int total = evidence.data().files();
        String observed = files.size() + " of " + total + " unreadable";
        if (total == 0) {
            return RULE.noData(observed, "There are no files yet.");
        }
        return files.isEmpty()
                ? RULE.ok(observed, "Every file can be read.")
                : RULE.failed(observed, "Can't be read: " + Sample.of(files));
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "A file or a folder is damaged or missing. The job never deletes or rewrites a file, so find out what else does."
                + " Restore it from a copy, or read the topic again with another `" + Settings.RUN_ID + "`.";
    }
}
