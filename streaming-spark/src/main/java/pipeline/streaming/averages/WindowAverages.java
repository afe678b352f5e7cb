package pipeline.streaming.averages;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.window;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import pipeline.events.Event;
import pipeline.streaming.decode.DecodedRecords;

/**
 * The average value of each id in each window of ten seconds, as a stream and as a table on the console. An event counts in
 * the window of its {@code ts} if it is at most {@value #MAX_LATENESS} late.
 */
public final class WindowAverages {
    static final String WINDOW = "10 seconds";

    /** The watermark: windows that ended earlier than this before the newest event are dropped. */
    static final String MAX_LATENESS = "10 minutes";

    /**
     * Events further ahead of the clock are ignored: a single one far in the future would advance the watermark and make all
     * others late.
     */
    static final String MAX_AHEAD = "1 minute";

    private static final int MAX_PRINTED_WINDOWS = 12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private WindowAverages() {}

    /** Returns {@code start, id, average} of the events of {@link DecodedRecords#events}. */
    public static Dataset<Row> of(Dataset<Row> events) {
        return events.filter(col(Event.TS).leq(current_timestamp().plus(expr("INTERVAL " + MAX_AHEAD))))
                .withWatermark(Event.TS, MAX_LATENESS)
                .groupBy(window(col(Event.TS), WINDOW), col(Event.ID))
                .agg(avg(Event.VALUE).as("average"))
                .select(col("window.start"), col(Event.ID), col("average"));
    }

    /** Prints a line for each window that changed, or only the newest when there are many. */
    public static void print(List<Row> averages, PrintStream out) {
        TreeMap<Instant, Map<Integer, Double>> windows = new TreeMap<>();
        for (Row row : averages) {
            windows.computeIfAbsent(row.getTimestamp(0).toInstant(), start -> new TreeMap<>())
                    .put(row.getInt(1), row.getDouble(2));
        }
        if (windows.isEmpty()) {
            return;
        }
        StringBuilder table = new StringBuilder(String.format("%-21s", "10-s averages (UTC)"));
        ids().forEach(id -> table.append(String.format("   id=%d", id)));
        windows.entrySet().stream()
                .skip(Math.max(0, windows.size() - MAX_PRINTED_WINDOWS))
                .forEach(window -> table.append(line(window.getKey(), window.getValue())));
        if (windows.size() > MAX_PRINTED_WINDOWS) {
            table.append(String.format("%n(and %d earlier windows)", windows.size() - MAX_PRINTED_WINDOWS));
        }
        out.println(table);
    }

    private static String line(Instant start, Map<Integer, Double> averages) {
        StringBuilder line = new StringBuilder(String.format("%n%-21s", TIME.format(start)));
        ids().forEach(id -> line.append(
                averages.containsKey(id) ? String.format(Locale.ROOT, " %6.2f", averages.get(id)) : "      -"));
        return line.toString();
    }

    private static IntStream ids() {
        return IntStream.rangeClosed(Event.MIN_ID, Event.MAX_ID);
    }
}
