package pipeline.launcher.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;

/** Formats the progress as one line. Its rate is an average over half a minute, because rows arrive in batches. */
public final class StatusLine {
    /**
     * The progress of the events since the start of this launch.
     *
     * @param sent events the producer has sent; empty if it does not answer
     * @param committed rows that have become visible
     * @param lag offsets in Kafka that are not committed; empty if Kafka does not answer
     */
    public record Progress(OptionalLong sent, long committed, long rejected, OptionalLong lag) {}

    private static final Duration WINDOW = Duration.ofSeconds(30);

    private record Sample(long nanos, long rows) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param nanos the monotonic time at which the progress was read */
    public String text(Progress progress, long nanos) {
        samples.addLast(new Sample(nanos, progress.committed()));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW.toNanos()) {
            samples.removeFirst();
        }
        return String.format(
                Locale.ROOT,
                "sent %s, committed %,d, rejected %,d, lag %s, %,.1f rows/s",
                count(progress.sent()),
                progress.committed(),
                progress.rejected(),
                count(progress.lag()),
                rowsPerSecond());
    }

    private double rowsPerSecond() {
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long nanos = last.nanos() - first.nanos();
        return nanos == 0 ? 0 : (last.rows() - first.rows()) * 1e9 / nanos;
    }

    private static String count(OptionalLong count) {
        return count.isPresent() ? String.format(Locale.ROOT, "%,d", count.getAsLong()) : "?";
    }
}
