package pipeline.launcher.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;

/** The line that says how far the events are. Its rate is that of the last half minute: rows come batch by batch. */
public final class StatusLine {
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private record Sample(long nanos, long rows) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param nanos of the monotonic clock, at which the progress was made out */
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
