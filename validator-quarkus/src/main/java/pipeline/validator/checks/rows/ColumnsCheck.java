package pipeline.validator.checks.rows;

import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * Columns other than group, time and value have the types, nulls and bounds of the schema, as far as the footers of the files tell:
 * they have the smallest and the largest value, and the number of nulls, but nothing about lengths, patterns and most listed values.
 */
public final class ColumnsCheck implements Check {
    private static final Rule RULE =
            new Rule("columns", "types, nulls and bounds of the schema, as far as footers tell");

    @Override
    public boolean isFor(DatasetSnapshot data) {
        return data.hasSchemas();
    }

    @Override
    public Finding check(Evidence evidence) {
        Sample others = evidence.data().events().stream()
                .map(RunSnapshot.Events::totals)
                .map(EventTotals::otherColumns)
                .reduce(Sample.NONE, Sample::plus);
        String observed = Counted.of(others.count(), "file") + " with other columns";
        if (evidence.data().files() == 0) {
            return RULE.noData(observed, "There are no files yet.");
        }
        return others.isEmpty()
                ? RULE.ok(observed, "No footer differs from the schema of its batch.")
                : RULE.failed(observed, "Columns differ in " + others);
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "A file has columns or values that the schema of its batch does not allow. The job did not write it like this:"
                + " move files that it did not write out of `" + data.path() + "`.";
    }
}
