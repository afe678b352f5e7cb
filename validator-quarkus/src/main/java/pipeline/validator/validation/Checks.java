package pipeline.validator.validation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import pipeline.validator.checks.ExactlyOnceCheck;
import pipeline.validator.checks.FreshnessCheck;
import pipeline.validator.checks.IdCheck;
import pipeline.validator.checks.LagCheck;
import pipeline.validator.checks.LedgerFilesCheck;
import pipeline.validator.checks.OffsetsCheck;
import pipeline.validator.checks.ReadableFilesCheck;
import pipeline.validator.checks.RejectedCheck;
import pipeline.validator.checks.SchemaCheck;
import pipeline.validator.checks.TimestampCheck;
import pipeline.validator.checks.ValueCheck;
import pipeline.validator.checks.VolumeCheck;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.CheckThresholds;
import pipeline.validator.checks.evidence.Evidence;

/** All checks, in the order of the answer. Add a new check here. */
@ApplicationScoped
public class Checks {
    private final RejectedCheck rejected;
    private final List<Check> all;

    Checks(CheckThresholds thresholds) {
        rejected = new RejectedCheck(thresholds.rejectedWarn(), thresholds.rejectedFail());
        all = List.of(
                new ReadableFilesCheck(),
                new SchemaCheck(),
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
        return all.stream().map(check -> check.check(evidence)).toList();
    }
}
