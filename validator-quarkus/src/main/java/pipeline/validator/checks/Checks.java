package pipeline.validator.checks;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** All checks, in the order in which they are answered. A new check is added here. */
@ApplicationScoped
public class Checks {
    private final List<Check> all;

    Checks(CheckThresholds thresholds) {
        all = List.of(
                new ReadableFilesCheck(),
                new SchemaCheck(),
                new IdCheck(),
                new ValueCheck(),
                new TimestampCheck(thresholds.futureTolerance()),
                new FreshnessCheck(thresholds.staleAfter()),
                new VolumeCheck(thresholds.volumeTolerance(), thresholds.volumeMinRows()),
                new LedgerFilesCheck(),
                new OffsetsCheck(),
                new RejectedCheck(thresholds.rejectedWarn(), thresholds.rejectedFail()),
                new LagCheck(thresholds.lagWarn()),
                new ExactlyOnceCheck());
    }

    List<Finding> check(Evidence evidence) {
        return all.stream().map(check -> check.check(evidence)).toList();
    }
}
