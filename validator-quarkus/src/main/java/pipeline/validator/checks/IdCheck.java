package pipeline.validator.checks;

import java.util.List;
import java.util.Map;
import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Tally;

/** Every row has an id of the range. */
public final class IdCheck implements Check {
    static final String NAME = "id";
    private static final String EXPECTED = Event.MIN_ID + " to " + Event.MAX_ID;

    @Override
    public Finding check(Evidence evidence) {
        Map<Integer, Tally> byId = evidence.data().tallies().byId();
        List<Map.Entry<Integer, Tally>> others = byId.entrySet().stream()
                .filter(id -> id.getValue().rows() > 0 && !isAllowed(id.getKey()))
                .toList();
        long rows = others.stream().mapToLong(id -> id.getValue().rows()).sum();
        String observed = rows + " rows outside";
        if (evidence.data().rows() == 0) {
            return new Finding(NAME, Status.NO_DATA, observed, EXPECTED, "There is no row yet.");
        }
        return others.isEmpty()
                ? new Finding(NAME, Status.OK, observed, EXPECTED, "Every id is in range.")
                : new Finding(
                        NAME,
                        Status.FAILED,
                        observed,
                        EXPECTED,
                        "Other ids: " + others.stream().map(Map.Entry::getKey).toList());
    }

    private static boolean isAllowed(Integer id) {
        return id != null && id >= Event.MIN_ID && id <= Event.MAX_ID;
    }
}
