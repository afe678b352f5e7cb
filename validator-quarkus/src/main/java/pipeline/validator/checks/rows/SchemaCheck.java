package pipeline.validator.checks.rows;

import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot;

/** Every file has the columns that the job writes. Kafka's columns are required only if there is a ledger. */
public final class SchemaCheck implements Check {
    private static final Rule RULE =
            new Rule("schema", "ts timestamp, value double, source string, kafka_partition, kafka_offset");

    private static final Rule OF_SCHEMA =
            new Rule("schema", "group, time and value as the schema has them, kafka_partition, kafka_offset");

    @Override
    public Finding check(Evidence evidence) {
        return check(evidence, evidence.data().hasSchemas() ? OF_SCHEMA : RULE);
    }

    private static Finding check(Evidence evidence, Rule rule) {
        Sample others = evidence.ofAllRuns(RunSnapshot.Faults::otherSchema);
        int withoutOffsets = evidence.data().runs().stream()
                .filter(run -> run.kind() == RunSnapshot.Kind.LEDGER)
                .mapToInt(run -> run.faults().withoutOffsets())
                .sum();
        String observed = Counted.of(others.count() + withoutOffsets, "file") + " with other columns";
        if (evidence.data().files() == 0) {
            return rule.noData(observed, "There are no files yet.");
        }
        if (!others.isEmpty()) {
            return rule.failed(observed, "Columns differ in " + others);
        }
        return withoutOffsets > 0
                ? rule.failed(
                        observed, "No kafka_partition and kafka_offset in " + Counted.of(withoutOffsets, "file") + ".")
                : rule.ok(observed, "Every file has the expected columns.");
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "The columns of a file differ from those that the job writes. Move files that the job did not write out of `"
                + data.path() + "`.";
    }
}
