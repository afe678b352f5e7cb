package pipeline.streaming.source;

import java.time.Duration;

/**
 * How much a batch of one query may read: so much that a backlog is read quickly, and so little that a crash, or a connection
 * that fails, repeats little work on a slow connection, too. The size of events is that of the batch before, because Spark
 * decides where a batch ends before anything of it is read. Thread-safe.
 */
public final class BatchBounds {
    static final long MOST_EVENTS = 1_500_000;

    /** A batch starts early once this many events are waiting, so that a backlog is read without pauses. */
    static final long EARLY_EVENTS = 500_000;

    /** The size of a first batch, which shows how large events are. */
    static final long FIRST_EVENTS = 10_000;

    /** How large an event may be while nothing is known. */
    static final double USUAL_BYTES = 1000;

    static final long MOST_BYTES = 512 << 20;
    static final long FIRST_BYTES = 128 << 20;
    static final int MOST_GROWTH = 16;

    /** What Kafka's consumer fetches from a partition at once. */
    static final long LEAST_BYTES = 1 << 20;

    /** How long a batch may be read, as far as one can tell from the one before. */
    static final Duration READING = Duration.ofSeconds(60);

    /** More than an answer takes behind a quota of some 100 kB/s. */
    static final Duration FIRST_PATIENCE = Duration.ofSeconds(60);

    static final Duration MOST_PATIENCE = Duration.ofMinutes(4);

    private long bytes = FIRST_BYTES;
    /** 0 while it is unknown. */
    private double bytesPerEvent;

    private Duration patience = FIRST_PATIENCE;

    /** Returns how many events the next batch may have. */
    synchronized long events() {
        double events = bytesPerEvent == 0 ? (double) FIRST_EVENTS * bytes / FIRST_BYTES : bytes / bytesPerEvent;
        return Math.max(1, (long) Math.min(events, MOST_EVENTS));
    }

    /** Returns how many waiting events start the next batch early. */
    synchronized long earlyEvents() {
        return Math.min(events(), EARLY_EVENTS);
    }

    /** Returns how large an event is, as far as that is known. */
    synchronized double bytesPerEvent() {
        return bytesPerEvent == 0 ? USUAL_BYTES : bytesPerEvent;
    }

    /** Returns how long a task waits for records. */
    synchronized Duration patience() {
        return patience;
    }

    /**
     * Notes a batch that was read.
     *
     * @param events how many offsets it had
     * @param averageBytes the average size of its records; NaN if it had none
     * @param waited how long a task waited for records
     */
    synchronized void read(long events, double averageBytes, Duration waited) {
        if (Double.isNaN(averageBytes)) {
            return;
        }
        double read = events * Math.max(1, averageBytes);
        boolean isTelling = events > events() / 2 || waited.compareTo(READING) > 0;
        bytesPerEvent = Math.max(1, averageBytes);
        if (isTelling) {
            double affordable = read * READING.toNanos() / Math.max(1, waited.toNanos());
            double grown = MOST_GROWTH * Math.max(read, (double) FIRST_BYTES / MOST_GROWTH);
            bytes = (long) Math.max(LEAST_BYTES, Math.min(MOST_BYTES, Math.min(affordable, grown)));
        }
    }

    /** Notes that reading was interrupted because an answer took too long. */
    public synchronized void timedOut() {
        bytes = Math.max(LEAST_BYTES, bytes / 2);
        patience = patience.multipliedBy(2).compareTo(MOST_PATIENCE) < 0 ? patience.multipliedBy(2) : MOST_PATIENCE;
    }
}
