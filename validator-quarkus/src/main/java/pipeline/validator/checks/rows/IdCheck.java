package pipeline.validator.checks.rows;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.run.RunSnapshot;

/** Every row has an id within the allowed range, or a group that the schema of its batch allows. */
public final class IdCheck implements Check {
    private static final Rule RULE = new Rule("id", Event.MIN_ID + " to " + Event.MAX_ID);
    private static final Rule OF_SCHEMA = new Rule("id", "a group that the schema allows");

    @Override
    public Finding check(Evidence evidence) {
        SortedMap<Object, Long> ids = idsOutOfRange(evidence.data().builtInRuns());
        List<EventTotals> events = evidence.data().events().stream()
                .map(RunSnapshot.Events::totals)
                .toList();
        long rows = ids.values().stream().mapToLong(Long::longValue).sum()
                + events.stream().mapToLong(EventTotals::badRows).sum();
        Rule rule = events.isEmpty() ? RULE : OF_SCHEMA;
        String observed = Counted.of(rows, "row") + (events.isEmpty() ? " out of range" : " of other groups");
        if (evidence.data().rows() == 0) {
            return rule.noData(observed, "There are no rows yet.");
        }
        if (rows == 0) {
            return rule.ok(observed, events.isEmpty() ? "Every id is in range." : "Every group is allowed.");
        }
        return events.isEmpty()
                ? rule.failed(observed, "Ids out of range: " + ids.keySet())
                : rule.failed(observed, "Groups that are not allowed: " + named(ids, events));
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return data.hasSchemas()
                ? "Rows have a group that the schema of their batch does not allow. The job rejects such events, so it did"
                        + " not write the file. Move it out of `" + data.path() + "`."
                : "A folder is named after an id that no event may have. Move it out of `" + data.path() + "`.";
    }

    /** Returns the ids out of range, each with the number of its rows. */
    private static SortedMap<Object, Long> idsOutOfRange(List<RunSnapshot> runs) {
        SortedMap<Object, Long> rows = new TreeMap<>(Tallies.ORDER);
        for (RunSnapshot run : runs) {
            run.content().tallies().byId().forEach((id, tally) -> {
                if (tally.rows() > 0 && !isAllowed(id)) {
                    rows.merge(id, tally.rows(), Long::sum);
                }
            });
        }
        return rows;
    }

    private static Sample named(SortedMap<Object, Long> ids, List<EventTotals> events) {
        return Sample.of(Stream.concat(
                        ids.keySet().stream().map(String::valueOf),
                        events.stream().flatMap(totals -> totals.badGroups().stream()))
                .distinct()
                .toList());
    }

    private static boolean isAllowed(Object id) {
        return id instanceof Integer number && number >= Event.MIN_ID && number <= Event.MAX_ID;
    }
}
