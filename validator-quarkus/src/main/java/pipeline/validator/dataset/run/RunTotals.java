package pipeline.validator.dataset.run;

import java.util.Optional;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.ledger.RunSchemas;

final class RunTotals {
    private Tallies tallies = new Tallies();
    private Optional<EventTotals> events = Optional.empty();
    private final HeadFiles head = new HeadFiles();
    private Sample otherSchema = Sample.NONE;
    private int withoutOffsets;

    /** Prepares for events with a schema, whose groups can be many. */
    void expectEvents() {
        if (events.isEmpty()) {
            events = Optional.of(EventTotals.NONE);
            Tallies before = tallies;
            tallies = new Tallies(Tallies.MOST_GROUPS);
            tallies.add(before);
        }
    }

    Tallies tallies() {
        return tallies;
    }

    void add(String path, FileTotals totals) {
        tallies.add(totals.tallies());
        events = events.map(sum -> sum.plus(totals.events().orElse(EventTotals.NONE)));
        head.add(path, totals.rows());
        withoutOffsets += totals.offsets() ? 0 : 1;
        if (!totals.schemaProblems().isEmpty()) {
            otherSchema = otherSchema.plus(path + ": " + String.join("; ", totals.schemaProblems()));
        }
    }

    /** @param files number of data files that count */
    RunSnapshot snapshot(
            Run run, int files, RunSchemas schemas, Sample otherRows, Sample badRecords, RunSnapshot.Commits commits) {
        return new RunSnapshot(
                run.folder,
                run.kind,
                new RunSnapshot.Content(
                        files,
                        tallies.copy(),
                        head.head(this), // under a version that identifies these totals
                        events.map(sum -> new RunSnapshot.Events(schemas, schemas.newest(), sum))),
                new RunSnapshot.Faults(run.unreadFiles(), otherSchema, withoutOffsets, otherRows, badRecords),
                commits,
                run.unreachable());
    }
}
