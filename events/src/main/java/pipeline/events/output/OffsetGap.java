package pipeline.events.output;

/**
 * Offsets that Kafka no longer had when they were to be read.
 *
 * @param from the first one
 * @param until the one behind the last
 * @param reason why they are missing, for people
 */
public record OffsetGap(int partition, long from, long until, String reason) {
    public long length() {
        return until - from;
    }
}
