package pipeline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** See {@link EventCases} for what is rejected and why. */
class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T12:34:56Z,                2026-11-22T12:34:56.000000Z",
        "2026-11-22T12:34:56.1Z,              2026-11-22T12:34:56.100000Z",
        "2026-11-22T12:34:56.123456Z,         2026-11-22T12:34:56.123456Z",
        "2026-11-22T12:34:56.123456999Z,      2026-11-22T12:34:56.123456Z",
        "1969-12-31T23:59:59.999999999Z,      1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z,                0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z,         9999-12-31T23:59:59.999999Z"
    })
    void formatsMicroseconds(Instant ts, String text) {
        assertThat(Timestamps.format(ts)).isEqualTo(text);
    }

    @Test
    void parsesWhatItFormats() throws Exception {
        long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            Instant ts = Instant.ofEpochSecond(random.nextLong(first, last), random.nextInt(1_000_000) * 1000L);

            assertThat(Timestamps.parse(Timestamps.format(ts))).isEqualTo(ts);
        }
    }

    /** The JDK supports offsets up to 18 hours only. */
    @Test
    void parsesOffsetsAsTheJdkDoes() throws Exception {
        for (int minutes = -18 * 60; minutes <= 18 * 60; minutes++) {
            String text = OffsetDateTime.of(2024, 2, 29, 23, 59, 58, 7000, ZoneOffset.ofTotalSeconds(minutes * 60))
                    .toString();

            assertThat(Timestamps.parse(text))
                    .isEqualTo(OffsetDateTime.parse(text).toInstant());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2016-12-31T23:59:60Z, ts: no such date or time",
        "2026-11-22T12:34:56.1234567Z, ts: more than 6 fraction digits"
    })
    void rejectsDateTimesWithoutAnInstantInMicroseconds(String text, String reason) {
        assertThatThrownBy(() -> Timestamps.parse(text))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 10, 13, 16, 19})
    void rejectsOtherSeparators(int position) {
        String text = new StringBuilder("2026-11-22T12:34:56Z")
                .replace(position, position + 1, "_")
                .toString();

        assertThatThrownBy(() -> Timestamps.parse(text)).hasMessage("ts: not an RFC 3339 date-time with Z or offset");
    }

    @Test
    void readsDatesAsTheJdkDoes() throws Exception {
        for (LocalDate date = LocalDate.of(1, 1, 1); date.getYear() < 10_000; date = date.plusDays(97)) {
            assertThat(Timestamps.epochDay(date.toString())).isEqualTo((int) date.toEpochDay());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-29, no such date or time",
        "0000-01-01, year not in 0001 to 9999",
        "2026-1-01, not an RFC 3339 date",
        "2026-01-0a, not an RFC 3339 date",
        "2026-01-01T00:00:00Z, not an RFC 3339 date",
        "\u0662\u0660\u0662\u0666-01-01, not an RFC 3339 date"
    })
    void rejectsOtherDates(String text, String reason) {
        assertThatThrownBy(() -> Timestamps.epochDay(text)).hasMessage(reason);
    }
}
