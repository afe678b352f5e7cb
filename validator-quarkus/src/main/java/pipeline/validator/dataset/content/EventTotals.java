package pipeline.validator.dataset.content;

import java.util.List;
import java.util.stream.Stream;

/**
 * What files of events with a schema hold beside the {@link Tallies}.
 *
 * @param badRows the number of rows whose group the schema of their batch does not allow
 * @param badGroups the first few of these groups
 */
public record EventTotals(long badRows, List<String> badGroups) {
    public static final EventTotals NONE = new EventTotals(0, List.of());

    public EventTotals plus(EventTotals other) {
        return new EventTotals(
                badRows + other.badRows,
                Stream.concat(badGroups.stream(), other.badGroups.stream())
                        .distinct()
                        .limit(Sample.NAMED)
                        .toList());
    }
}
