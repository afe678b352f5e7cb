package pipeline.validator.checks;

import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot;

/** Every file has the columns that the job writes; Kafka's columns are needed only where there is a ledger. */
public final class SchemaCheck implements Check {
    static final String NAME = "schema";
    private static final String EXPECTED = "ts timestamp, value double, source string, kafka_partition, kafka_offset";

    @Override
    public Finding check(Evidence evidence) {
        Sample others = Sample.NONE;
        long withoutOffsets = 0;
        for (RunSnapshot run : evidence.data().runs()) {
            others = others.plus(run.otherSchema());
            withoutOffsets += run.kind() == RunSnapshot.Kind.LEDGER ? run.withoutOffsets() : 0;
        }
        String observed = (others.count() + withoutOffsets) + " files differ";
        if (evidence.data().files() == 0) {
            return new Finding(NAME, Status.NO_DATA, observed, EXPECTED, "There is no file yet.");
        }
        if (!others.isEmpty()) {
            return new Finding(NAME, Status.FAILED, observed, EXPECTED, "Other columns in " + others);
        }
        if (withoutOffsets > 0) {
            return new Finding(
                    NAME,
                    Status.FAILED,
                    observed,
                    EXPECTED,
                    withoutOffsets + " files have no kafka_partition and kafka_offset.");
        }
        return new Finding(NAME, Status.OK, observed, EXPECTED, "Every file has the expected columns.");
    }
}
