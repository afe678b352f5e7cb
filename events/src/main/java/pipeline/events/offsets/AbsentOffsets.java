package pipeline.events.offsets;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Offsets of a batch at which the topic has no committed record: markers of transactions, events of aborted transactions, and
 * what compaction removed.
 *
 * @param file name of the file with the ranges of these offsets, beside the ledger record; see {@code pipeline.events.output.AbsentFile}
 * @param bytes its size
 * @param counts how many there are, for each partition that has any
 */
public record AbsentOffsets(String file, long bytes, SortedMap<Integer, Long> counts) {
    public AbsentOffsets {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }
}
