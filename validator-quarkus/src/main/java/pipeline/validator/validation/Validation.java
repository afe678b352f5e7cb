package pipeline.validator.validation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.audit.FrequentRejection;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.audit.RejectedFiles.RejectedEvent;
import pipeline.validator.dataset.audit.RunAuditor;
import pipeline.validator.dataset.audit.TreeAudit;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.kafka.KafkaTopic;
import pipeline.validator.kafka.TopicState;

@ApplicationScoped
public class Validation {
    private final DatasetIndex index;
    private final RunAuditor auditor;
    private final KafkaTopic topic;
    private final Checks checks;
    private final CheckMetrics metrics;
    private final FrequentRejection rejections;

    Validation(
            DatasetIndex index,
            RunAuditor auditor,
            KafkaTopic topic,
            Checks checks,
            CheckMetrics metrics,
            FrequentRejection rejections) {
        this.index = index;
        this.auditor = auditor;
        this.topic = topic;
        this.checks = checks;
        this.metrics = metrics;
        this.rejections = rejections;
    }

    /** Returns what {@code GET /aggregates} says of the data. */
    public DatasetVerdict verdict(DatasetSnapshot data, RunSelection selection) {
        Evidence evidence =
                new Evidence(data, Optional.empty(), new TopicState.NotConfigured(), Optional.empty(), rejection(data));
        return DatasetVerdict.of(data, selection, checks.rejected(evidence));
    }

    private Optional<RejectedEvent> rejection(DatasetSnapshot data) {
        return data.runs().stream().flatMap(run -> rejections.of(run).stream()).findFirst();
    }

    /** @param deep whether to read every row */
    public ValidationReport validate(RunSelection selection, boolean deep) {
        DatasetSnapshot data = index.refresh(selection);
        Optional<TreeAudit> tree =
                data.runs().stream().flatMap(run -> auditor.files(run).stream()).reduce(TreeAudit::plus);
        // Kafka is asked after the ledger was read, so nothing that was committed can be ahead of it.
        TopicState kafka = topic.state(data.currentRun()
                .flatMap(RunSnapshot::ledger)
                .map(ledger -> ledger.newest().until())
                .orElseGet(Map::of));
        Optional<OffsetAudit> offsets = deep
                ? Optional.of(data.runs().stream().map(auditor::offsets).reduce(OffsetAudit.NONE, OffsetAudit::plus))
                : Optional.empty();
        Evidence evidence = new Evidence(data, tree, kafka, offsets, rejection(data));
        List<Finding> findings = checks.check(evidence);
        metrics.record(evidence, findings);
        return ValidationReport.of(data, selection, findings);
    }
}
