package pipeline.launcher.components;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The counts in the producer's last line. */
public record ProducerTotals(long sent, long acked, long failed, long skipped) {
    static final String MARK = "Producer stopped. sent=";

    private static final Pattern LINE =
            Pattern.compile("Producer stopped\\. sent=(\\d+), acked=(\\d+), failed=(\\d+), skipped=(\\d+)");

    public static Optional<ProducerTotals> parse(String line) {
        return LINE.matcher(line)
                .results()
                .findFirst()
                .map(counts ->
                        new ProducerTotals(count(counts, 1), count(counts, 2), count(counts, 3), count(counts, 4)));
    }

    private static long count(MatchResult counts, int group) {
        return Long.parseLong(counts.group(group));
    }
}
