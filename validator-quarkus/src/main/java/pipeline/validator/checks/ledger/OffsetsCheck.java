package pipeline.validator.checks.ledger;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import pipeline.events.settings.Settings;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * Each record of the ledger continues where the previous one ended, without a gap or an overlap, and its numbers add up.
 * Offsets that Kafka no longer had are a warning, since the job recorded them. So is a lost record: its data may be complete.
 * It fails if the job has found out that Kafka lost events that the run has.
 */
public final class OffsetsCheck implements Check {
    private static final Rule RULE =
            new Rule("offsets", "every partition continues where it stopped, events = rows + rejected");

    @Override
    public Finding check(Evidence evidence) {
        List<LedgerSummary> ledgers = evidence.ledgers();
        Sample bad = evidence.ofAllRuns(RunSnapshot.Faults::badRecords);
        if (ledgers.isEmpty() && bad.isEmpty() && evidence.stopped().isEmpty()) {
            return RULE.noData("no ledger", "No ledger says which offsets were read.");
        }
        String observed = counted(ledgers, LedgerSummary::records, "record") + ", "
                + counted(ledgers, LedgerSummary::events, "event") + ", "
                + counted(ledgers, LedgerSummary::gapEvents, "offset") + " in gaps, "
                + ledgers.stream().mapToLong(LedgerSummary::absent).sum() + " without a record";
        String failures = Check.join(
                String.join(" ", evidence.stopped()),
                bad.sentence("Bad records"),
                sum(ledgers, LedgerSummary::breaks).sentence("Breaks"));
        String warnings = Check.join(
                sum(ledgers, LedgerSummary::lostRecords).sentence("Records lost"),
                sum(ledgers, LedgerSummary::gaps).sentence("Kafka no longer had"));
        if (!failures.isEmpty()) {
            return RULE.failed(observed, Check.join(failures, warnings));
        }
        return warnings.isEmpty()
                ? RULE.ok(observed, "Every record continues where the previous one ended.")
                : RULE.warn(observed, warnings);
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "The offsets of the ledger records are not continuous, or the ledger is gone: restore the run's `_ledger/` in `"
                + data.path() + "` from a copy. Or the job has stopped because Kafka lost events that the run has: read"
                + " what Kafka has now with another `" + Settings.RUN_ID
                + "`. If Kafka deleted events before they were read, this check"
                + " keeps warning: those events are lost.";
    }

    private static String counted(List<LedgerSummary> ledgers, ToLongFunction<LedgerSummary> part, String noun) {
        return Counted.of(ledgers.stream().mapToLong(part).sum(), noun);
    }

    private static Sample sum(List<LedgerSummary> ledgers, Function<LedgerSummary, Sample> part) {
        return ledgers.stream().map(part).reduce(Sample.NONE, Sample::plus);
    }
}
