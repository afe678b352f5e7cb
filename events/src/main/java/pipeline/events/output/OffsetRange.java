package pipeline.events.output;

/**
 * Offsets of one partition.
 *
 * @param from the first one
 * @param until the one behind the last, never below {@code from}
 */
public record OffsetRange(long from, long until) {
    public OffsetRange {
        if (from < 0 || until < from) {
            throw new IllegalArgumentException("no offset range: " + from + " to " + until);
        }
    }

    public long length() {
        return until - from;
    }
}
