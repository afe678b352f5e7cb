package pipeline.validator.validation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.dataset.audit.OffsetAuditor;
import pipeline.validator.dataset.audit.TreeAuditor;
import pipeline.validator.dataset.run.DatasetIndex;
import pipeline.validator.dataset.run.DatasetSnapshot;
import pipeline.validator.dataset.run.RunSelection;
import pipeline.validator.kafka.KafkaTopic;

/** Gathers the evidence and asks every check. */
@ApplicationScoped
public class Validation {
    private final DatasetIndex index;
    private final TreeAuditor trees;
    private final OffsetAuditor offsets;
    private final KafkaTopic topic;
    private final Checks checks;
    private final CheckMetrics metrics;

    Validation(
            DatasetIndex index,
            TreeAuditor trees,
            OffsetAuditor offsets,
            KafkaTopic topic,
            Checks checks,
            CheckMetrics metrics) {
        this.index = index;
        this.trees = trees;
        this.offsets = offsets;
        this.topic = topic;
        this.checks = checks;
        this.metrics = metrics;
    }

    /** @param deep whether every row is read */
    public ValidationReport validate(RunSelection selection, boolean deep) {
        // Kafka is asked last: its end may move meanwhile, but the commits cannot be ahead of it.
        DatasetSnapshot data = index.refresh(selection);
        Evidence evidence = new Evidence(
                data,
                data.runs().stream().map(trees::audit).toList(),
                topic.state(),
                deep ? Optional.of(data.runs().stream().map(offsets::audit).toList()) : Optional.empty());
        List<Finding> findings = checks.check(evidence);
        metrics.record(evidence, findings);
        return ValidationReport.of(data, selection, findings);
    }
}
