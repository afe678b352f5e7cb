package pipeline.validator.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Tally;

/** No id has far more or far fewer rows than the others, as when one sensor falls silent. */
public final class VolumeCheck implements Check {
    static final String NAME = "volume";

    private final double tolerance;
    private final long minRows;

    public VolumeCheck(double tolerance, long minRows) {
        this.tolerance = tolerance;
        this.minRows = minRows;
    }

    @Override
    public Finding check(Evidence evidence) {
        SortedMap<Integer, Long> rows = rows(evidence.data().tallies().byId());
        String expected = "each id within " + Math.round(tolerance * 100) + " % of the median";
        if (evidence.data().rows() < minRows) {
            return new Finding(
                    NAME,
                    Status.NO_DATA,
                    rows.toString(),
                    expected,
                    "Fewer than " + minRows + " rows are too few to compare ids.");
        }
        double median = median(rows);
        List<Integer> others = new ArrayList<>();
        rows.forEach((id, count) -> {
            if (Math.abs(count - median) > tolerance * median) {
                others.add(id);
            }
        });
        return others.isEmpty()
                ? new Finding(NAME, Status.OK, rows.toString(), expected, "All ids have about as many rows.")
                : new Finding(
                        NAME,
                        Status.WARN,
                        rows.toString(),
                        expected,
                        "Ids " + others + " are far from the median of " + Math.round(median) + " rows.");
    }

    /** An id without rows counts too. */
    private static SortedMap<Integer, Long> rows(SortedMap<Integer, Tally> byId) {
        SortedMap<Integer, Long> rows = new TreeMap<>();
        for (int id = Event.MIN_ID; id <= Event.MAX_ID; id++) {
            rows.put(id, byId.containsKey(id) ? byId.get(id).rows() : 0);
        }
        return rows;
    }

    private static double median(SortedMap<Integer, Long> rows) {
        long[] sorted =
                rows.values().stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
