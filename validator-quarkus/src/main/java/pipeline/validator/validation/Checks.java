package pipeline.validator.validation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.CheckThresholds;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.ledger.ExactlyOnceCheck;
import pipeline.validator.checks.ledger.LedgerFilesCheck;
import pipeline.validator.checks.ledger.OffsetsCheck;
import pipeline.validator.checks.ledger.RejectedCheck;
import pipeline.validator.checks.rows.ColumnsCheck;
import pipeline.validator.checks.rows.IdCheck;
import pipeline.validator.checks.rows.ReadableFilesCheck;
import pipeline.validator.checks.rows.RescuedCheck;
import pipeline.validator.checks.rows.SchemaCheck;
import pipeline.validator.checks.rows.TimestampCheck;
import pipeline.validator.checks.rows.ValueCheck;
import pipeline.validator.checks.rows.VolumeCheck;
import pipeline.validator.checks.topic.FreshnessCheck;
import pipeline.validator.checks.topic.LagCheck;

/** All checks, in the order of the answer. Add a new check here. */
@ApplicationScoped
public class Checks {
    private final RejectedCheck rejected;
    final List<Check> all;

    Checks(CheckThresholds thresholds) {
        rejected = new RejectedCheck(thresholds.rejectedWarn(), thresholds.rejectedFail());
        all = List.of(
                new ReadableFilesCheck(),
                new SchemaCheck(),
                new ColumnsCheck(),
                new RescuedCheck(),
                new IdCheck(),
                new ValueCheck(),
                new TimestampCheck(thresholds.futureTolerance()),
                new FreshnessCheck(thresholds.staleAfter(), thresholds.stalledFail(), thresholds.futureTolerance()),
                new VolumeCheck(thresholds.volumeTolerance(), thresholds.volumeMinRows()),
                new LedgerFilesCheck(),
                new OffsetsCheck(),
                rejected,
                new LagCheck(thresholds.lagWarn(), thresholds.stalledFail()),
                new ExactlyOnceCheck());
    }

    Finding rejected(Evidence evidence) {
        return rejected.check(evidence);
    }

    List<Finding> check(Evidence evidence) {
        return all.stream()
                .filter(check -> check.isFor(evidence.data()))
                .map(check -> check.findingWithAdvice(evidence))
                .toList();
    }
}
