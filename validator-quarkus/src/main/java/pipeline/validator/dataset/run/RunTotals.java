package pipeline.validator.dataset.run;

import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;

/** Adds up what the files of a run hold. */
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

    Tallies tallies() {
        return tallies.copy();
    }

    /** Returns the files of the first rows, under a version that identifies these totals. */
    RunSnapshot.Head head() {
        return head.head(this);
    }

    Sample otherSchema() {
        return otherSchema;
    }

    int withoutOffsets() {
        return withoutOffsets;
    }
}
