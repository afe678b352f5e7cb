package pipeline.events.offsets;

import java.io.Serializable;

/**
 * Consecutive offsets of one partition.
 *
 * @param from the first offset
 * @param until the offset after the last one, never below {@code from}
 */
public record OffsetRange(long from, long until) implements Serializable {
    public OffsetRange {
        if (from < 0 || until < from) {
            throw new IllegalArgumentException("not an offset range: " + from + " to " + until);
        }
    }

    public long length() {
        return until - from;
    }
}
