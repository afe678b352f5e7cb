package pipeline.validator.checks.rows;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import pipeline.events.settings.Settings;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.EventTotals.Rescued;
import pipeline.validator.dataset.run.RunSnapshot;

/** No event has a field that its schema does not know. Such fields are kept, so they are a warning. */
public final class RescuedCheck implements Check {
    private static final Rule RULE = new Rule("rescued", "0 rows");
    private static final int NAMED = 20;

    @Override
    public boolean isFor(DatasetSnapshot data) {
        return data.hasSchemas();
    }

    @Override
    public Finding check(Evidence evidence) {
        Rescued rescued = evidence.data().events().stream()
                .map(RunSnapshot.Events::totals)
                .map(totals -> totals.rescued())
                .reduce(Rescued.NONE, Rescued::plus);
        String observed = Counted.of(rescued.rows(), "row") + " with other fields";
        if (evidence.data().rows() == 0) {
            return RULE.noData(observed, "There are no rows yet.");
        }
        return rescued.rows() == 0
                ? RULE.ok(observed, "The schema knows every field.")
                : RULE.warn(
                        observed,
                        "Fields that the schema does not know, since batch " + rescued.since() + ": " + named(rescued)
                                + ".");
    }

    /** Returns the most frequent fields with their numbers. */
    private static String named(Rescued rescued) {
        return rescued.fields().entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .limit(NAMED)
                        .map(field -> field.getKey() + " (" + field.getValue() + ")")
                        .collect(Collectors.joining(", "))
                + (rescued.fields().size() > NAMED ? ", …" : "");
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "Events have fields that the schema does not know. The column `rescued` keeps them. To give one a column of its"
                + " own, add it to the schema file as an optional property; for one of a nested object, also set `"
                + Settings.RUN_ID
                + "` to a new name.";
    }
}
