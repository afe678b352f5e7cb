package pipeline.validator.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import pipeline.events.settings.Settings;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.run.RunSnapshot.UnreadFile;

/**
 * The state of a snapshot as a whole.
 *
 * @param message for people: what there is, what is wrong, or what to do if there is nothing
 */
public record DatasetVerdict(Status status, String message) {
    private static final int NAMED = 3;

    /** @param rejected the finding of the check with this name */
    public static DatasetVerdict of(DatasetSnapshot data, RunSelection selection, Finding rejected) {
        List<String> faults = faults(data);
        if (rejected.status() == Status.FAILED) {
            faults.add("rejected: " + rejected.observed() + ". " + rejected.message());
        }
        String included = Counted.of(data.rows(), "row") + " in " + Counted.of(data.files(), "file");
        if (!faults.isEmpty()) {
            return new DatasetVerdict(
                    Status.FAILED, sentence(faults) + " Everything else is included: " + included + ".");
        }
        if (data.isEmpty()) {
            return new DatasetVerdict(Status.NO_DATA, noData(data, selection));
        }
        String all = included + " of " + String.join(", ", data.runNames()) + ".";
        return rejected.status() == Status.WARN
                ? new DatasetVerdict(Status.WARN, all + " Rejected: " + rejected.observed() + ". " + rejected.message())
                : new DatasetVerdict(Status.OK, all);
    }

    /** Returns what to do if there are no rows. */
    static String noData(DatasetSnapshot data, RunSelection selection) {
        if (!data.exists()) {
            return "No data yet: there is no folder " + data.path() + ". Start the streaming job, or set "
                    + Settings.OUTPUT_DIR + " to the folder where it writes.";
        }
        if (data.runs().isEmpty() && selection.isNamed() && !data.knownRuns().isEmpty()) {
            return "No data: there is no run " + selection.text() + " in " + data.path() + ", only "
                    + String.join(", ", data.knownRuns()) + ".";
        }
        String rejected = data.rejected() == 0 ? "" : " Rejected: " + Counted.of(data.rejected(), "event") + ".";
        if (data.files() == 0) {
            return "No data yet: no Parquet file under " + data.path()
                    + ". The streaming job publishes the first ones with its first batch. Is the producer sending?"
                    + rejected;
        }
        return "No data yet: " + Counted.of(data.files(), "Parquet file") + " under " + data.path() + ", but no rows."
                + rejected;
    }

    /** Joins the faults, some of which end with a full stop of their own. */
    private static String sentence(List<String> faults) {
        return faults.stream()
                .map(fault -> fault.endsWith(".") ? fault.substring(0, fault.length() - 1) : fault)
                .collect(Collectors.joining("; ", "", "."));
    }

    private static List<String> faults(DatasetSnapshot data) {
        List<String> faults = new ArrayList<>(data.lost());
        List<UnreadFile> files = data.unreadFiles();
        if (!files.isEmpty()) {
            List<String> named =
                    files.stream().limit(NAMED).map(UnreadFile::toString).toList();
            faults.add(files.size() + " of " + Counted.of(data.files(), "file") + " can't be read: "
                    + String.join(", ", named) + (files.size() > NAMED ? ", …" : ""));
        }
        data.runs().forEach(run -> faults.addAll(run.problems()));
        Tally total = data.total();
        if (total.notFinite() > 0) {
            faults.add(Counted.of(total.notFinite(), "value") + " left out of mean, minimum and maximum: "
                    + total.nulls() + " null, " + total.nans() + " NaN, " + total.infinities() + " infinite");
        }
        return faults;
    }
}
