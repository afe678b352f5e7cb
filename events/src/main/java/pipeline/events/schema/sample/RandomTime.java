package pipeline.events.schema.sample;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import pipeline.events.Timestamps;
import pipeline.events.schema.Count;
import pipeline.events.schema.TextRules;

/** Times and days without a pattern: that of the event, or one of the days before it. */
final class RandomTime {
    private static final int DAYS = 3;
    private static final long MICROS = DAYS * 86_400_000_000L;
    private static final int DATE_LENGTH = 10;

    /** The length of {@code 2026-11-22T12:34:56}. */
    private static final int SECONDS_END = 19;

    private RandomTime() {}

    static RandomValue now(TextRules rules, String at) {
        Form form = Form.of(rules.length(), at);
        return (json, random, now) -> form.append(json, now);
    }

    static RandomValue dateTime(TextRules rules, String at) {
        Form form = Form.of(rules.length(), at);
        return (json, random, now) -> form.append(json, now.minus(random.nextLong(MICROS), ChronoUnit.MICROS));
    }

    static RandomValue date(TextRules rules, String at) {
        if (!rules.length().contains(DATE_LENGTH)) {
            throw new NoSampleException(at + ": no value is valid: minLength or maxLength excludes every date");
        }
        return (json, random, now) -> {
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            json.append('"').append(today.minusDays(random.nextInt(DAYS + 1))).append('"');
        };
    }

    /**
     * How a date-time is written.
     *
     * @param end where the fraction ends, which has up to six digits
     */
    private record Form(int end, String offset) {

        static Form of(Count length, String at) {
            for (String offset : List.of("Z", "+00:00")) {
                for (int digits = 6; digits >= 0; digits--) {
                    int end = digits == 0 ? SECONDS_END : SECONDS_END + 1 + digits;
                    if (length.contains(end + offset.length())) {
                        return new Form(end, offset);
                    }
                }
            }
            throw new NoSampleException(at + ": no value is valid: minLength or maxLength excludes every date-time");
        }

        void append(StringBuilder json, Instant time) {
            json.append('"')
                    .append(Timestamps.format(time), 0, end)
                    .append(offset)
                    .append('"');
        }
    }
}
