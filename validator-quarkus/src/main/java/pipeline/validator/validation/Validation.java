package pipeline.validator.validation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import pipeline.events.output.RejectedEvent;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.audit.FrequentRejection;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.audit.OffsetAuditor;
import pipeline.validator.dataset.audit.TreeAudit;
import pipeline.validator.dataset.audit.TreeAuditor;
import pipeline.validator.dataset.storage.Lanes;
import pipeline.validator.kafka.KafkaTopic;
import pipeline.validator.kafka.TopicState;

@ApplicationScoped
public class Validation {
    /** How long the answer of an audit is kept for a caller whose connection was closed. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final DatasetIndex index;
    private final TreeAuditor treeAuditor;
    private final OffsetAuditor offsetAuditor;
    private final KafkaTopic topic;
    private final Checks checks;
    private final ValidationMetrics metrics;
    private final FrequentRejection rejections;
    private final SharedAnswers<RunSelection, Validated> recent;
    private final SharedAnswers<Audit, Validated> audits;

    /** How much a validation reads. */
    public enum Depth {
        /** The ledger, and names and sizes of the files. */
        FILES,
        /** Also the rows that no audit has read yet. */
        NEW_ROWS,
        /** Also all rows. */
        ALL_ROWS
    }

    Validation(
            DatasetIndex index,
            TreeAuditor treeAuditor,
            OffsetAuditor offsetAuditor,
            KafkaTopic topic,
            Checks checks,
            ValidationMetrics metrics,
            FrequentRejection rejections,
            Lanes lanes,
            @ConfigProperty(name = "validator.validation-max-age") Duration maxAge) {
        this.index = index;
        this.treeAuditor = treeAuditor;
        this.offsetAuditor = offsetAuditor;
        this.topic = topic;
        this.checks = checks;
        this.metrics = metrics;
        this.rejections = rejections;
        this.recent = new SharedAnswers<>(lanes.validations(), maxAge, Duration.ZERO);
        this.audits = new SharedAnswers<>(lanes.audits(), Duration.ZERO, KEPT);
    }

    /** Returns what {@code GET /aggregates} says of the data. */
    public DatasetVerdict verdict(DatasetSnapshot data, RunSelection selection) {
        Evidence evidence = new Evidence(
                data, Optional.empty(), new TopicState.NotConfigured(), Optional.empty(), List.of(), rejection(data));
        return DatasetVerdict.of(data, selection, checks.rejected(evidence));
    }

    private static List<String> stopped(DatasetSnapshot data) {
        return data.reachableRuns().stream()
                .flatMap(run -> run.folder().stopped().stream())
                .toList();
    }

    private Optional<RejectedEvent> rejection(DatasetSnapshot data) {
        return data.reachableRuns().stream()
                .flatMap(run -> rejections.of(run).stream())
                .findFirst();
    }

    /**
     * Callers who ask for the same at the same time share one answer. An answer without an audit may be a few seconds old.
     * One audit runs at a time.
     *
     * @param isHere whether the caller still waits for the answer; one who left before the end of an audit may come back for it
     */
    public Validated validate(RunSelection selection, Depth depth, BooleanSupplier isHere) {
        return depth == Depth.FILES
                ? recent.get(selection, () -> compute(selection, depth), isHere)
                : audits.get(new Audit(selection, depth), () -> compute(selection, depth), isHere);
    }

    private record Audit(RunSelection selection, Depth depth) {}

    private Validated compute(RunSelection selection, Depth depth) {
        long began = System.nanoTime();
        DatasetSnapshot data = index.refresh(selection);
        Optional<TreeAudit> tree = data.reachableRuns().stream()
                .flatMap(run -> treeAuditor.files(run).stream())
                .reduce(TreeAudit::plus);
        // Kafka is asked after the ledger was read, so nothing that was committed can be ahead of it.
        TopicState kafka = topic.state(
                data.currentRun()
                        .flatMap(run -> run.commits().ledger())
                        .map(ledger -> ledger.newest().until())
                        .orElseGet(Map::of),
                data.isUncommitted());
        Optional<OffsetAudit> offsets = depth == Depth.FILES
                ? Optional.empty()
                : Optional.of(offsetAuditor.audit(data.reachableRuns(), depth == Depth.ALL_ROWS));
        Evidence evidence = new Evidence(data, tree, kafka, offsets, stopped(data), rejection(data));
        ValidationReport report = ValidationReport.of(data, selection, checks.check(evidence));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (depth != Depth.FILES) {
            metrics.recordAudit(took);
        }
        return new Validated(evidence, report, took);
    }
}
