package pipeline.validator.validation;

import java.util.ArrayList;
import java.util.List;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.run.DatasetSnapshot;
import pipeline.validator.dataset.run.RunSelection;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * What is to be said of a snapshot as a whole.
 *
 * @param message for people: what there is, what is wrong, or what to do when there is nothing
 */
public record DatasetVerdict(Status status, String message) {
    private static final int NAMED = 3;

    public static DatasetVerdict of(DatasetSnapshot data, RunSelection selection) {
        List<String> faults = faults(data);
        long rows = data.rows();
        if (!faults.isEmpty()) {
            return new DatasetVerdict(
                    Status.FAILED,
                    String.join("; ", faults) + ". Everything else is in: " + rows + " rows of " + data.files()
                            + " files.");
        }
        return rows == 0
                ? new DatasetVerdict(Status.NO_DATA, noData(data, selection))
                : new DatasetVerdict(
                        Status.OK, rows + " rows in " + data.files() + " files of " + names(data.runs()) + ".");
    }

    private static String names(List<RunSnapshot> runs) {
        return String.join(", ", runs.stream().map(RunSnapshot::name).toList());
    }

    private static String noData(DatasetSnapshot data, RunSelection selection) {
        if (!data.exists()) {
            return "No data yet: there is no folder " + data.path()
                    + ". Start the streaming job, or set OUTPUT_DIR to where it writes.";
        }
        if (data.runs().isEmpty() && selection.isNamed() && !data.knownRuns().isEmpty()) {
            return "No data: there is no run " + selection.text() + " in " + data.path() + ", only "
                    + String.join(", ", data.knownRuns()) + ".";
        }
        if (data.files() == 0) {
            return "No data yet: no Parquet file under " + data.path()
                    + ". The streaming job publishes the first ones with its first batch; is the producer sending?"
                    + rejected(data);
        }
        return "No data yet: " + data.files() + " Parquet files under " + data.path() + ", but no rows in them."
                + rejected(data);
    }

    private static String rejected(DatasetSnapshot data) {
        long rejected = data.runs().stream().mapToLong(RunSnapshot::rejected).sum();
        return rejected == 0 ? "" : " " + rejected + " events were rejected.";
    }

    private static List<String> faults(DatasetSnapshot data) {
        List<String> faults = new ArrayList<>();
        unreadable(data, faults);
        data.runs().forEach(run -> faults.addAll(run.problems()));
        Tally total = data.total();
        if (total.notFinite() > 0) {
            faults.add(total.notFinite() + " values are in no mean, minimum or maximum: " + total.nulls() + " null, "
                    + total.nans() + " NaN, " + total.infinities() + " infinite");
        }
        return faults;
    }

    private static void unreadable(DatasetSnapshot data, List<String> faults) {
        List<RunSnapshot.UnreadableFile> files =
                data.runs().stream().flatMap(run -> run.unreadable().stream()).toList();
        if (!files.isEmpty()) {
            String named = String.join(
                    ", ",
                    files.stream()
                            .limit(NAMED)
                            .map(file -> file.path() + " (" + file.reason() + ")")
                            .toList());
            faults.add(files.size() + " of " + data.files() + " files can't be read: " + named
                    + (files.size() > NAMED ? ", …" : ""));
        }
    }
}
