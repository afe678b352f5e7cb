package pipeline.validator.dataset.run;

import java.util.Optional;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.ledger.LedgerSummary;

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

    RunSnapshot snapshot(
            Run run,
            int files,
            Sample otherRows,
            Sample badRecords,
            Optional<LedgerSummary> ledger,
            Optional<RecentTotals> recent,
            Optional<RunSnapshot.Committed> committed,
            RunSnapshot.History history) {
        return new RunSnapshot(
                run.folder,
                run.kind,
                files,
                tallies.copy(),
                run.unreadable(),
                otherSchema,
                withoutOffsets,
                otherRows,
                badRecords,
                head.head(this), // under a version that identifies these totals
                run.lastChange(),
                ledger,
                recent,
                committed,
                history,
                run.unreachable());
    }
}
