package pipeline.events.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.ValueType.StringType;

/** How many folders there can be. Empty results mean that nothing limits their number. */
public final class FolderCount {
    private FolderCount() {}

    /** Returns the number of folders that all events of a schema can have. */
    static OptionalLong of(EventSchema schema) {
        long folders = 1;
        for (Partition level : schema.roles().partition()) {
            Field field = schema.columns().stream()
                    .filter(column -> column.name().equals(level.column()))
                    .findFirst()
                    .orElseThrow();
            OptionalLong values = level.isOnlyInName() ? of(field.shape().type()) : OptionalLong.empty();
            if (values.isEmpty()) {
                return values;
            }
            folders *= values.getAsLong() + (field.isNullable() ? 1 : 0);
        }
        return OptionalLong.of(folders);
    }

    /** Returns the number of values that a type has, null not counted. */
    public static OptionalLong of(ValueType type) {
        if (type instanceof BooleanType bool) {
            return OptionalLong.of(bool.allowed() == null ? 2 : bool.allowed().size());
        } else if (type instanceof IntegerType integer) {
            return integers(integer.rules());
        } else {
            return type instanceof StringType string && string.rules().allowed() != null
                    ? OptionalLong.of(string.rules().allowed().size())
                    : OptionalLong.empty();
        }
    }

    /** What a multiple leaves out is counted, too. */
    private static OptionalLong integers(NumberRules rules) {
        if (rules.allowed() != null) {
            return OptionalLong.of(rules.allowed().size());
        }
        Range range = rules.range();
        if (range.lower() == null || range.upper() == null) {
            return OptionalLong.empty();
        }
        BigDecimal first = range.lower().setScale(0, RoundingMode.CEILING);
        BigDecimal last = range.upper().setScale(0, RoundingMode.FLOOR);
        int outside = (range.contains(first) ? 0 : 1) + (range.contains(last) ? 0 : 1);
        BigDecimal count =
                last.subtract(first).add(BigDecimal.valueOf(1L - outside)).max(BigDecimal.ZERO);
        return OptionalLong.of(count.min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue());
    }
}
