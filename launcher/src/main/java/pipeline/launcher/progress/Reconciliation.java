package pipeline.launcher.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import pipeline.launcher.components.ServiceClient.Aggregates;

/**
 * Compares the requested number of events with what Kafka accepted, what the ledger committed and what the validator counts.
 * Each number comes from its own source; none is derived from another.
 *
 * @param asked events to send
 * @param acked events that Kafka has acknowledged to the producer
 * @param before offsets and ledger before the producer started
 * @param after offsets and ledger once everything is committed
 * @param run for example {@code run_1}
 * @param aggregates the validator's answer for the whole run
 */
public record Reconciliation(
        long asked, long acked, Snapshot before, Snapshot after, String run, Aggregates aggregates) {

    private static final Set<String> GOOD = Set.of("OK", "WARN");

    /**
     * Kafka and ledger at one moment.
     *
     * @param first the first available offset of each partition
     * @param ends the offset after the last event of each partition
     */
    public record Snapshot(Map<Integer, Long> first, Map<Integer, Long> ends, LedgerTotals ledger) {
        public long lag() {
            return ledger.lag(first, ends);
        }
    }

    /** A number, and whether it has the expected value. */
    private record Line(String name, String value, boolean agrees, String expected) {

        Line(String name, long value) {
            this(name, number(value), true, "");
        }

        Line(String name, long value, long expected, String expectedName) {
            this(name, number(value), value == expected, number(expected) + ", " + expectedName);
        }

        private static String number(long value) {
            return String.format(Locale.ROOT, "%,d", value);
        }

        String text() {
            String text = String.format(Locale.ROOT, "  %-38s %14s", name, value);
            return agrees ? text : text + "   <-- differs: " + expected;
        }
    }

    public boolean agrees() {
        return lines().stream().allMatch(Line::agrees);
    }

    /** Returns whether the validator may not have read the last records of the ledger yet. */
    public boolean mayValidatorCatchUp() {
        return aggregates.totalRows() < after.ledger().rows()
                || aggregates.rejected() < after.ledger().rejected();
    }

    /** Returns the comparison as text, one line for each number; lines that do not agree are marked. */
    public List<String> text() {
        List<String> text = new ArrayList<>(List.of("reconciliation"));
        lines().forEach(line -> text.add(line.text()));
        text.add(agrees() ? "  every number agrees" : "  the marked numbers do not agree");
        return text;
    }

    private List<Line> lines() {
        LedgerTotals was = before.ledger();
        LedgerTotals is = after.ledger();
        long newRows = is.rows() - was.rows();
        long newRejected = is.rejected() - was.rejected();
        long newLost = is.lost() - was.lost();
        long newAbsent = is.absent() - was.absent();
        long accounted = newRows + newRejected + newLost + newAbsent - before.lag();
        Map<Integer, Long> firstNew = new HashMap<>(after.first());
        firstNew.putAll(before.ends());
        long newInKafka = LedgerTotals.offsetsBetween(firstNew, after.ends());
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("asked for", asked));
        lines.add(new Line("acked since the start", acked, asked, "what was asked for"));
        lines.add(new Line("new in Kafka", newInKafka, acked, "what was acked"));
        lines.add(new Line("new rows", newRows));
        lines.add(new Line("new rejected", newRejected));
        if (newLost != 0) {
            lines.add(new Line("lost before they were read", newLost));
        }
        if (newAbsent != 0) {
            lines.add(new Line("offsets without a record", newAbsent));
        }
        lines.add(new Line("of these, waiting from before", before.lag()));
        lines.add(new Line("new rows + rejected, without those", accounted, newInKafka, "what is new in Kafka"));
        lines.add(new Line("still waiting in Kafka", after.lag(), 0, "nothing"));
        lines.add(new Line("/aggregates: totalRows of " + run, aggregates.totalRows(), is.rows(), "the ledger"));
        lines.add(new Line("/aggregates: rejected of " + run, aggregates.rejected(), is.rejected(), "the ledger"));
        lines.add(
                new Line("/aggregates: status", aggregates.status(), GOOD.contains(aggregates.status()), "OK or WARN"));
        return lines;
    }
}
