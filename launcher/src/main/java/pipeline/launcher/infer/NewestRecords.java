package pipeline.launcher.infer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import pipeline.events.offsets.OffsetRange;

/**
 * Reads the newest records of a topic: as many of each partition, as far as each has as many. It goes back from the ends of the
 * partitions, so that it reads little of a long topic, and in longer and longer steps, so that it gets over long gaps.
 */
final class NewestRecords {
    private final TopicLog log;
    private final int most;
    private int count;

    NewestRecords(TopicLog log, int most) {
        this.log = log;
        this.most = most;
    }

    /**
     * @param action receives the values
     * @return their number
     */
    int forEach(Consumer<byte[]> action) {
        Map<Integer, OffsetRange> unread = new HashMap<>(log.offsets());
        unread.values().removeIf(range -> range.length() == 0);
        long offsetsPerRecord = 1;
        while (count < most && !unread.isEmpty() && !log.isTimeUp()) {
            int share = Math.max(1, (most - count) / unread.size());
            Map<Integer, OffsetRange> step = lastOffsets(unread, share * offsetsPerRecord);
            if (offsetsPerRecord > 1) {
                startAtLastRecords(step, share);
            }
            int before = count;
            log.read(step, (partition, offset, value) -> {
                action.accept(value);
                count++;
                return count < most;
            });
            long offsets = step.values().stream().mapToLong(OffsetRange::length).sum();
            if (count - before < offsets) {
                offsetsPerRecord *= 2;
            }
            step.forEach((partition, range) ->
                    unread.compute(partition, (same, left) -> new OffsetRange(left.from(), range.from())));
            unread.values().removeIf(range -> range.length() == 0);
        }
        return count;
    }

    private static Map<Integer, OffsetRange> lastOffsets(Map<Integer, OffsetRange> ranges, long length) {
        Map<Integer, OffsetRange> last = new HashMap<>();
        ranges.forEach((partition, range) ->
                last.put(partition, new OffsetRange(Math.max(range.from(), range.until() - length), range.until())));
        return last;
    }

    /** Shortens those ranges that have more than this number of records. Only reading them shows where they are. */
    private void startAtLastRecords(Map<Integer, OffsetRange> ranges, int share) {
        Map<Integer, Deque<Long>> last = new HashMap<>();
        log.read(ranges, (partition, offset, value) -> {
            Deque<Long> offsets = last.computeIfAbsent(partition, same -> new ArrayDeque<>());
            offsets.addLast(offset);
            if (offsets.size() > share) {
                offsets.removeFirst();
            }
            return true;
        });
        last.forEach((partition, offsets) -> {
            if (offsets.size() == share) {
                ranges.compute(partition, (same, range) -> new OffsetRange(offsets.getFirst(), range.until()));
            }
        });
    }
}
