package pipeline.validator.checks.rows;

import java.util.List;
import java.util.Map;
import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.Tally;

/** Every row has an id within the allowed range. */
public final class IdCheck implements Check {
    private static final Rule RULE = new Rule("id", Event.MIN_ID + " to " + Event.MAX_ID);

    @Override
    public Finding check(Evidence evidence) {
        Map<Integer, Tally> byId = evidence.data().tallies().byId();
        List<Integer> others = byId.keySet().stream()
                .filter(id -> byId.get(id).rows() > 0 && !isAllowed(id))
                .toList();
        long rows = others.stream().mapToLong(id -> byId.get(id).rows()).sum();
        String observed = Counted.of(rows, "row") + " out of range";
        if (evidence.data().rows() == 0) {
            return RULE.noData(observed, "There are no rows yet.");
        }
        return others.isEmpty()
                ? RULE.ok(observed, "Every id is in range.")
                : RULE.failed(observed, "Ids out of range: " + others);
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "A folder is named after an id that no event may have. Move it out of `" + data.path() + "`.";
    }

    private static boolean isAllowed(Integer id) {
        return id != null && id >= Event.MIN_ID && id <= Event.MAX_ID;
    }
}
