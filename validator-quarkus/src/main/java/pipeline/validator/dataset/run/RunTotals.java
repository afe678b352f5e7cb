package pipeline.validator.dataset.run;

import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;

final class RunTotals {
    private final Tallies tallies = new Tallies();
    private final HeadFiles head = new HeadFiles();
    private Sample otherSchema = Sample.NONE;
    private int withoutOffsets;

    void add(String path, FileTotals totals) {
        tallies.add(totals.tallies());
        head.add(path, totals.rows());
        withoutOffsets += totals.offsets() ? 0 : 1;
        if (!totals.schemaProblems().isEmpty()) {
            otherSchema = otherSchema.plus(path + ": " + String.join("; ", totals.schemaProblems()));
        }
    }

    /** @param files number of data files that count */
    RunSnapshot snapshot(Run run, int files, Sample otherRows, Sample badRecords, RunSnapshot.Commits commits) {
        return new RunSnapshot(
                run.folder,
                run.kind,
                new RunSnapshot.Content(
                        files, tallies.copy(), head.head(this)), // under a version that identifies these totals
                new RunSnapshot.Faults(run.unreadFiles(), otherSchema, withoutOffsets, otherRows, badRecords),
                commits,
                run.unreachable());
    }
}
