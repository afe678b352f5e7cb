package pipeline.validator.validation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.audit.RunAuditor;
import pipeline.validator.dataset.audit.TreeAudit;
import pipeline.validator.kafka.KafkaTopic;
import pipeline.validator.kafka.TopicState;

@ApplicationScoped
public class Validation {
    private final DatasetIndex index;
    private final RunAuditor auditor;
    private final KafkaTopic topic;
    private final Checks checks;
    private final CheckMetrics metrics;

    Validation(DatasetIndex index, RunAuditor auditor, KafkaTopic topic, Checks checks, CheckMetrics metrics) {
        this.index = index;
        this.auditor = auditor;
        this.topic = topic;
        this.checks = checks;
        this.metrics = metrics;
    }

    /** @param deep whether to read every row */
    public ValidationReport validate(RunSelection selection, boolean deep) {
        DatasetSnapshot data = index.refresh(selection);
        Optional<TreeAudit> tree =
                data.runs().stream().flatMap(run -> auditor.files(run).stream()).reduce(TreeAudit::plus);
        // Kafka is asked after the ledger was read, so nothing that was committed can be ahead of it.
        TopicState kafka = topic.state();
        Optional<OffsetAudit> offsets = deep
                ? Optional.of(data.runs().stream().map(auditor::offsets).reduce(OffsetAudit.NONE, OffsetAudit::plus))
                : Optional.empty();
        Evidence evidence = new Evidence(data, tree, kafka, offsets);
        List<Finding> findings = checks.check(evidence);
        metrics.record(evidence, findings);
        return ValidationReport.of(data, selection, findings);
    }
}
