package pipeline.validator.api.answer;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import pipeline.events.Timestamps;

/** Values as JSON has them: null for what is missing or not a number. */
final class JsonValues {
    private JsonValues() {}

    static Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    static Double number(Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }

    static String ts(OptionalLong micros) {
        return micros.isPresent() ? ts(Instant.EPOCH.plus(micros.getAsLong(), ChronoUnit.MICROS)) : null;
    }

    static String ts(Instant ts) {
        return ts == null ? null : Timestamps.format(ts);
    }
}
