package pipeline.validator.checks;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.content.Tallies;

/** No id has far more or far fewer rows than the others, as happens when a sensor falls silent. */
public record VolumeCheck(double tolerance, long minRows) implements Check {
    @Override
    public Finding check(Evidence evidence) {
        Rule rule = new Rule("volume", "each id within " + Math.round(tolerance * 100) + " % of the median");
        Tallies tallies = evidence.data().tallies();
        SortedMap<Integer, Long> rows = new TreeMap<>();
        for (int id = Event.MIN_ID; id <= Event.MAX_ID; id++) {
            rows.put(id, tallies.of(id).rows()); // an id without rows counts too
        }
        String observed = rows.toString();
        if (evidence.data().rows() < minRows) {
            return rule.noData(observed, "Fewer than " + minRows + " rows are too few to compare ids.");
        }
        long median = rows.values().stream().sorted().toList().get(rows.size() / 2);
        List<Integer> others = rows.keySet().stream()
                .filter(id -> Math.abs(rows.get(id) - median) > tolerance * median)
                .toList();
        return others.isEmpty()
                ? rule.ok(observed, "All ids have a similar number of rows.")
                : rule.warn(observed, "Ids " + others + " are far from the median of " + median + " rows.");
    }
}
