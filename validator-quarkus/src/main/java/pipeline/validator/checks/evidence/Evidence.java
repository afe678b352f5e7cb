package pipeline.validator.checks.evidence;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pipeline.events.output.RejectedEvent;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.audit.TreeAudit;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.kafka.TopicState;

/**
 * Everything that checks look at.
 *
 * @param tree the files of all runs that have a ledger or Spark's log; nothing if none has
 * @param offsets the offsets of all runs; nothing unless every row was read
 * @param stopped why jobs of these runs have stopped for good
 * @param rejection an event with the most frequent reason; nothing if none was rejected
 */
public record Evidence(
        DatasetSnapshot data,
        Optional<TreeAudit> tree,
        TopicState topic,
        Optional<OffsetAudit> offsets,
        List<String> stopped,
        Optional<RejectedEvent> rejection) {

    /** Returns the ledgers that have at least one record. */
    public List<LedgerSummary> ledgers() {
        return data.runs().stream()
                .flatMap(run -> run.commits().ledger().stream())
                .toList();
    }

    /** Returns the samples of all runs as one. */
    public Sample ofAllRuns(Function<RunSnapshot.Faults, Sample> part) {
        return data.runs().stream().map(RunSnapshot::faults).map(part).reduce(Sample.NONE, Sample::plus);
    }
}
