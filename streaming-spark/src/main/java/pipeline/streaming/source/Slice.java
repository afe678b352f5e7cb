package pipeline.streaming.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.connector.read.InputPartition;
import pipeline.events.offsets.OffsetRange;

/**
 * What one task reads.
 *
 * @param ranges the offsets in each of its partitions
 */
record Slice(String topic, SortedMap<Integer, OffsetRange> ranges) implements InputPartition {

    /** Returns the number of offsets in the partition with most of them. */
    long longest() {
        return ranges.values().stream().mapToLong(OffsetRange::length).max().orElse(0);
    }

    /** Divides these offsets into at most this many slices of about the same length, none of which is empty. */
    static List<Slice> divide(String topic, SortedMap<Integer, OffsetRange> ranges, int most) {
        long total = ranges.values().stream().mapToLong(OffsetRange::length).sum();
        long slices = Math.min(most, total);
        List<Slice> divided = new ArrayList<>();
        SortedMap<Integer, OffsetRange> slice = new TreeMap<>();
        long done = 0;
        for (Map.Entry<Integer, OffsetRange> range : ranges.entrySet()) {
            long from = range.getValue().from();
            while (from < range.getValue().until()) {
                long end = total * (divided.size() + 1) / slices;
                long until = Math.min(range.getValue().until(), from + end - done);
                slice.put(range.getKey(), new OffsetRange(from, until));
                done += until - from;
                from = until;
                if (done == end) {
                    divided.add(new Slice(topic, slice));
                    slice = new TreeMap<>();
                }
            }
        }
        return divided;
    }
}
