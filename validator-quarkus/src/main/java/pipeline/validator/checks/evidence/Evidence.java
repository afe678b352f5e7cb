package pipeline.validator.checks.evidence;

import java.util.List;
import java.util.Optional;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.audit.TreeAudit;
import pipeline.validator.dataset.run.DatasetSnapshot;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.kafka.TopicState;

/**
 * All that checks look at.
 *
 * @param trees one for each run
 * @param offsets one for each run when every row was read, or nothing when that was not asked for
 */
public record Evidence(
        DatasetSnapshot data, List<TreeAudit> trees, TopicState topic, Optional<List<OffsetAudit>> offsets) {

    /** Returns the runs that have a ledger with at least one record. */
    public List<RunSnapshot> ledgers() {
        return data.runs().stream().filter(run -> run.ledger().isPresent()).toList();
    }
}
