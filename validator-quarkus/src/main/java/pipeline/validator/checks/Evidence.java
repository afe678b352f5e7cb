package pipeline.validator.checks;

import java.util.List;
import java.util.Optional;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.OffsetAudit;
import pipeline.validator.dataset.RunSnapshot;
import pipeline.validator.dataset.TreeAudit;
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
    List<RunSnapshot> ledgers() {
        return data.runs().stream().filter(run -> run.ledger().isPresent()).toList();
    }
}
