package pipeline.events.offsets;

/**
 * Offsets that Kafka had already deleted when the job tried to read them.
 *
 * @param from the first offset
 * @param until the offset after the last one
 * @param reason why they are missing, for people to read
 */
public record OffsetGap(int partition, long from, long until, String reason) {
    public long length() {
        return until - from;
    }
}
