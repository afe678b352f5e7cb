package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import pipeline.events.RejectedEventException;
import pipeline.events.Timestamps;
import pipeline.events.schema.TextRules;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;

/** Reads date-times into microseconds, a {@link Long}, or dates into days, an {@link Integer}; both count from 1970. */
final class TimeReader implements FieldReader {
    private final TextRules rules;
    private final boolean isDate;
    private final boolean hasRules;

    TimeReader(TextRules rules, boolean isDate) {
        this.rules = rules;
        this.isDate = isDate;
        this.hasRules = !rules.equals(TextRules.NONE);
    }

    @Override
    public Object read(JsonText text) throws IOException, RejectedEventException {
        if (text.token() != JsonToken.VALUE_STRING) {
            throw new RejectedEventException("not a string");
        }
        String written = text.text();
        Object value = isDate ? (Object) Timestamps.epochDay(written) : (Object) Timestamps.micros(written);
        String problem = hasRules ? rules.problem(written) : null;
        if (problem != null) {
            throw new RejectedEventException(problem);
        }
        return value;
    }

    @Override
    public Object scan(ByteScanner bytes) {
        if (!bytes.takeString()) {
            return ByteScanner.NOT_PLAIN;
        }
        long value = isDate ? bytes.epochDay() : bytes.micros();
        if (value == ByteScanner.NO_TIME || (hasRules && rules.problem(bytes.text()) != null)) {
            return ByteScanner.NOT_PLAIN;
        }
        return isDate ? (Object) (int) value : (Object) value;
    }
}
