package pipeline.validator.checks.rows;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.run.RecentTotals;

/**
 * In the newest batches, no id has far more or far fewer rows than the others, as happens when a sensor falls silent. Without a
 * ledger nothing says which rows are new. Groups of events with a schema may differ as they like.
 */
public record VolumeCheck(double tolerance, long minRows) implements Check {
    @Override
    public boolean isFor(DatasetSnapshot data) {
        return !data.hasSchemas();
    }

    @Override
    public Finding check(Evidence evidence) {
        Rule rule = new Rule("volume", "each id within " + Math.round(tolerance * 100) + " % of the median");
        SortedMap<Integer, Long> all = rows(evidence.data().tallies());
        Optional<RecentTotals> recent = evidence.data().recent();
        SortedMap<Integer, Long> rows =
                recent.map(newest -> rows(newest.tallies())).orElse(all);
        String observed = rows.equals(all)
                ? text(all)
                : text(rows) + " " + recent.orElseThrow().period() + "; " + text(all) + " in all";
        if (sum(rows) < minRows) {
            return rule.noData(observed, "Fewer than " + minRows + " rows are too few to compare ids.");
        }
        long median = rows.values().stream().sorted().toList().get(rows.size() / 2);
        List<Integer> others = rows.keySet().stream()
                .filter(id -> Math.abs(rows.get(id) - median) > tolerance * median)
                .toList();
        return others.isEmpty()
                ? rule.ok(observed, "All ids have a similar number of rows.")
                : rule.warn(
                        observed,
                        "Far from the median of " + Counted.of(median, "row") + ": id "
                                + others.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "An id has far more or far fewer new rows than the others. A source may have stopped, or may send everything"
                + " twice.";
    }

    /** An id without rows counts too. */
    private static SortedMap<Integer, Long> rows(Tallies tallies) {
        SortedMap<Integer, Long> rows = new TreeMap<>();
        for (int id = Event.MIN_ID; id <= Event.MAX_ID; id++) {
            Tally tally = tallies.byId().get(id);
            rows.put(id, tally == null ? 0 : tally.rows());
        }
        return rows;
    }

    private static long sum(SortedMap<Integer, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String text(SortedMap<Integer, Long> rows) {
        return rows.entrySet().stream()
                .map(id -> "id " + id.getKey() + ": " + id.getValue())
                .collect(Collectors.joining(", "));
    }
}
