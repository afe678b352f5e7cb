package pipeline.validator.checks;

import java.util.List;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Sentences;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * The ledger's records continue one another without a gap or an overlap, and each one's numbers add up. Offsets that
 * Kafka no longer had are a warning, since the job recorded them; so is a lost record, the data of which may be whole.
 */
public final class OffsetsCheck implements Check {
    static final String NAME = "offsets";
    private static final String EXPECTED = "every partition continues where it stopped, events = rows + rejected";

    @Override
    public Finding check(Evidence evidence) {
        List<LedgerSummary> ledgers = evidence.ledgers().stream()
                .map(run -> run.ledger().orElseThrow())
                .toList();
        Sample bad =
                evidence.data().runs().stream().map(RunSnapshot::badRecords).reduce(Sample.NONE, Sample::plus);
        if (ledgers.isEmpty() && bad.isEmpty()) {
            return new Finding(NAME, Status.NO_DATA, "no ledger", EXPECTED, "No ledger says which offsets were read.");
        }
        Sample breaks = ledgers.stream().map(LedgerSummary::breaks).reduce(Sample.NONE, Sample::plus);
        Sample lost = ledgers.stream().map(LedgerSummary::lostRecords).reduce(Sample.NONE, Sample::plus);
        Sample gaps = ledgers.stream().map(LedgerSummary::gaps).reduce(Sample.NONE, Sample::plus);
        String observed = ledgers.stream().mapToLong(LedgerSummary::records).sum() + " records, "
                + ledgers.stream().mapToLong(LedgerSummary::events).sum() + " events, "
                + ledgers.stream().mapToLong(LedgerSummary::gapEvents).sum() + " offsets in gaps";
        String failures = Sentences.of("Bad records", bad, "Breaks", breaks);
        String warnings = Sentences.of("Records lost", lost, "Kafka no longer had", gaps);
        if (!failures.isEmpty()) {
            return new Finding(NAME, Status.FAILED, observed, EXPECTED, (failures + " " + warnings).strip());
        }
        return warnings.isEmpty()
                ? new Finding(
                        NAME, Status.OK, observed, EXPECTED, "Every record continues where the one before it ended.")
                : new Finding(NAME, Status.WARN, observed, EXPECTED, warnings);
    }
}
