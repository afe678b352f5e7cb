package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.Range;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;

/** Reads integers that are written as such, into a {@link Long}, or an {@link Integer} for a column of 32 bits. */
final class IntegerReader implements FieldReader {
    private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private final NumberRules rules;
    private final boolean is32Bit;
    private final boolean isRange;
    private final long first;
    private final long last;

    IntegerReader(IntegerType type) {
        this.rules = type.rules();
        this.is32Bit = type.is32Bit();
        this.isRange = rules.multipleOf() == null && rules.allowed() == null;
        Range range = rules.range();
        // Integers for which the range has to be asked are left out; they are few.
        this.first = range.lower() == null ? Long.MIN_VALUE : inLong(ceiling(range));
        this.last = range.upper() == null ? Long.MAX_VALUE : inLong(floor(range));
    }

    private static BigDecimal ceiling(Range range) {
        BigDecimal ceiling = range.lower().setScale(0, RoundingMode.CEILING);
        return range.contains(ceiling) ? ceiling : ceiling.add(BigDecimal.ONE);
    }

    private static BigDecimal floor(Range range) {
        BigDecimal floor = range.upper().setScale(0, RoundingMode.FLOOR);
        return range.contains(floor) ? floor : floor.subtract(BigDecimal.ONE);
    }

    private static long inLong(BigDecimal bound) {
        return bound.max(MIN).min(MAX).longValue();
    }

    @Override
    public Object read(JsonText text) throws IOException, RejectedEventException {
        if (text.token() != JsonToken.VALUE_NUMBER_INT) {
            throw new RejectedEventException("not an integer");
        }
        if (!text.isLong()) {
            throw new RejectedEventException(problemOfLarge(text.text().charAt(0) == '-'));
        }
        long value = text.asLong();
        if (!isValid(value)) {
            throw new RejectedEventException(rules.problem(BigDecimal.valueOf(value)));
        }
        return boxed(value);
    }

    private String problemOfLarge(boolean isNegative) {
        BigDecimal nearest = isNegative ? MIN.subtract(BigDecimal.ONE) : MAX.add(BigDecimal.ONE);
        return rules.range().contains(nearest)
                ? "not an integer of 64 bits"
                : rules.range().problem(nearest);
    }

    @Override
    public Object scan(ByteScanner bytes) {
        if (!bytes.takeNumber() || !bytes.isLong() || !isValid(bytes.asLong())) {
            return ByteScanner.NOT_PLAIN;
        }
        return boxed(bytes.asLong());
    }

    private boolean isValid(long value) {
        boolean isCertain = isRange && value >= first && value <= last;
        return isCertain || rules.problem(BigDecimal.valueOf(value)) == null;
    }

    private Object boxed(long value) {
        // Not a conditional expression, which would make a Long of both.
        if (is32Bit) {
            return Math.toIntExact(value);
        }
        return value;
    }
}
