package pipeline.launcher.progress;

import java.util.Map;
import java.util.TreeMap;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetGap;

/**
 * A run's ledger, added up.
 *
 * @param lost offsets that Kafka no longer had
 * @param until where each partition goes on
 */
public record LedgerTotals(long records, long rows, long rejected, long lost, Map<Integer, Long> until) {
    public static final LedgerTotals NONE = new LedgerTotals(0, 0, 0, 0, Map.of());

    public LedgerTotals {
        until = Map.copyOf(until);
    }

    LedgerTotals plus(LedgerRecord record) {
        return new LedgerTotals(
                records + 1,
                rows + record.rows(),
                rejected + record.rejected(),
                lost + record.gaps().stream().mapToLong(OffsetGap::length).sum(),
                record.until());
    }

    /**
     * Returns how many offsets are still to be committed.
     *
     * @param first where a partition begins that the ledger doesn't know yet
     * @param ends the offsets behind the last ones
     */
    public long lag(Map<Integer, Long> first, Map<Integer, Long> ends) {
        Map<Integer, Long> from = new TreeMap<>(first);
        from.putAll(until);
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - from.getOrDefault(end.getKey(), 0L))
                .sum();
    }
}
