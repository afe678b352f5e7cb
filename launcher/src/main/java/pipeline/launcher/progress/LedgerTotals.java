package pipeline.launcher.progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;

/**
 * The totals of a run's ledger.
 *
 * @param lost number of offsets that Kafka no longer had
 * @param absent number of offsets without a record
 * @param until the offset at which each partition continues
 */
public record LedgerTotals(long records, long rows, long rejected, long lost, long absent, Map<Integer, Long> until) {
    public static final LedgerTotals NONE = new LedgerTotals(0, 0, 0, 0, 0, Map.of());

    public LedgerTotals {
        until = Map.copyOf(until);
    }

    /**
     * Returns these totals and those of all records committed since. Record numbers have no gaps, so the folder is never
     * listed.
     */
    public LedgerTotals withNewRecords(Path ledger) throws IOException {
        LedgerTotals totals = this;
        while (true) {
            Path file = ledger.resolve(OutputTree.recordName(totals.records));
            try {
                totals = totals.plus(LedgerJson.decode(Files.readAllBytes(file)));
            } catch (NoSuchFileException e) {
                return totals;
            } catch (LedgerFormatException e) {
                throw new LedgerFormatException(file + ": " + e.getMessage());
            }
        }
    }

    private LedgerTotals plus(LedgerRecord record) {
        return new LedgerTotals(
                records + 1,
                rows + record.rows(),
                rejected + record.rejected(),
                lost + record.gaps().stream().mapToLong(OffsetGap::length).sum(),
                absent + record.read().absent().map(AbsentOffsets::count).orElse(0L),
                record.until());
    }

    /**
     * Returns how many offsets are still to be committed.
     *
     * @param first the first offset that Kafka still has in each partition, from which a partition counts that is not in the
     *     ledger yet
     * @param ends the offset after the last event of each of these partitions, or of some of them
     */
    public long lag(Map<Integer, Long> first, Map<Integer, Long> ends) {
        Map<Integer, Long> from = new HashMap<>(first);
        from.putAll(until);
        return offsetsBetween(from, ends);
    }

    static long offsetsBetween(Map<Integer, Long> from, Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - from.get(end.getKey()))
                .sum();
    }
}
