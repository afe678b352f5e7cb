package pipeline.streaming.averages;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.Range;
import pipeline.events.schema.ValueType.IntegerType;

/** The averages as a table on the console: a line for each window, a column for each group. */
final class AveragesTable {
    private static final int MAX_WINDOWS = 12;
    private static final int MAX_GROUPS = 12;
    private static final int LEAST_WIDTH = 6;
    private static final int MOST_WIDTH = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Numbers in their order, other values in that of their text; null is last. */
    private static final Comparator<Object> ORDER = Comparator.nullsLast((one, other) -> one instanceof Number number
            ? Long.compare(number.longValue(), ((Number) other).longValue())
            : one.toString().compareTo(other.toString()));

    private final String title;
    private final String group;
    private final String number;
    /** Those that have a column even when they have no events. */
    private final List<Object> fixed;

    AveragesTable(EventSchema schema) {
        boolean isCount = schema.roles().value() == null;
        this.title = isCount ? "10-s counts (UTC)" : "10-s averages (UTC)";
        this.number = isCount ? "%.0f" : "%.2f";
        this.group = schema.roles().group();
        this.fixed = schema.columns().stream()
                .filter(column -> column.name().equals(group))
                .flatMap(column -> few(column).stream())
                .toList();
    }

    /** Returns the values of a column of integers that has few of them. */
    private static List<Object> few(Field column) {
        if (column.shape().type() instanceof IntegerType integer
                && integer.rules().allowed() == null) {
            Range range = integer.rules().range();
            if (range.lower() != null
                    && range.upper() != null
                    && range.upper().subtract(range.lower()).compareTo(BigDecimal.valueOf(MAX_GROUPS)) < 0) {
                return LongStream.rangeClosed(
                                range.lower().longValue(), range.upper().longValue())
                        .<Object>mapToObj(value -> value)
                        .toList();
            }
        }
        return List.of();
    }

    /**
     * Prints a line for each window that changed, or only the newest when there are many.
     *
     * @param averages rows of {@link WindowAverages}
     */
    void print(List<Row> averages, PrintStream out) {
        TreeMap<Instant, Map<Object, Double>> windows = new TreeMap<>();
        SortedSet<Object> groups = new TreeSet<>(ORDER);
        groups.addAll(fixed);
        for (Row row : averages) {
            groups.add(row.get(1));
            windows.computeIfAbsent(row.getTimestamp(0).toInstant(), start -> new TreeMap<>(ORDER))
                    .put(row.get(1), row.getDouble(2));
        }
        if (windows.isEmpty()) {
            return;
        }
        List<Object> shown = groups.stream().limit(MAX_GROUPS).toList();
        StringBuilder table = new StringBuilder(String.format("%-21s", title));
        shown.forEach(value -> table.append(cell(value, name(value))));
        windows.entrySet().stream()
                .skip(Math.max(0, windows.size() - MAX_WINDOWS))
                .forEach(window -> table.append(line(window.getKey(), window.getValue(), shown)));
        if (groups.size() > shown.size()) {
            table.append(String.format("%n(and %d more groups)", groups.size() - shown.size()));
        }
        if (windows.size() > MAX_WINDOWS) {
            table.append(String.format("%n(and %d earlier windows)", windows.size() - MAX_WINDOWS));
        }
        out.println(table);
    }

    private String line(Instant start, Map<Object, Double> averages, List<Object> groups) {
        StringBuilder line = new StringBuilder(String.format("%n%-21s", TIME.format(start)));
        groups.forEach(value -> line.append(cell(
                value, averages.containsKey(value) ? String.format(Locale.ROOT, number, averages.get(value)) : "-")));
        return line.toString();
    }

    private String cell(Object group, String text) {
        return String.format(" %" + Math.max(LEAST_WIDTH, name(group).length()) + "s", text);
    }

    /** Returns for example {@code id=1}. */
    private String name(Object value) {
        if (group == null) {
            return "all";
        }
        String name = (group + "=" + value).replaceAll("\\p{C}", "?");
        return name.length() <= MOST_WIDTH ? name : name.substring(0, MOST_WIDTH - 1) + "…";
    }
}
