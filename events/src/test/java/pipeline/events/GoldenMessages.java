package pipeline.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static pipeline.events.ByteEdits.replaced;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * 5,000 valid and malformed Kafka values, the same in each run, and what decoders of the built-in event have to
 * say about each of them.
 */
public final class GoldenMessages {
    private static final int COUNT = 5_000;
    private static final String RESOURCE = "golden-messages.txt";

    private static final List<String> ID = List.of(
            "-1",
            "5",
            "1.0",
            "1e0",
            "-0",
            "-0.0",
            "2147483648",
            "9223372036854775808",
            "123456789012345678901234567890");
    private static final List<String> TS = List.of(
            "\"yesterday\"",
            "\"2026-11-22T12:34:56\"",
            "\"2026-11-22 12:34:56Z\"",
            "\"2026-11-22T12:34:56.1234567Z\"",
            "\"2026-02-29T12:34:56Z\"",
            "\"2016-12-31T23:59:60Z\"",
            "\"0000-12-31T23:59:59Z\"",
            "\"0001-01-01T00:00:00+00:01\"",
            "\"9999-12-31T23:59:59-23:59\"",
            "\"2026-11-22t12:34:56.5z\"",
            "\"2026-11-22T12:34:56-23:59\"",
            "\"2026-11-22\\u005412:34:56Z\"");
    private static final List<String> VALUE = List.of(
            "-1",
            "101",
            "100",
            "100.0",
            "1e2",
            "0",
            "-0",
            "-0.0",
            "-0e5",
            "0e999999999",
            "1e-400",
            "1e-99999999999999999999",
            "-4.9e-324",
            "1e309",
            "NaN",
            "Infinity",
            "99.99999999999999",
            "100.00000000000002",
            "49.87600000000000000000000000000000000000001",
            // The nearest double is a bound, and the number itself is beyond it.
            "100.000000000000001",
            "-1e-400");
    private static final List<String> SOURCE = List.of(
            "\"\"",
            "\"\\ud83d\"",
            "\"\\ud83d\\ude00\"",
            "\"\ud83d\ude00\u00e9\"",
            "\"a\\\"b\\\\\\n\"",
            "\"" + "x".repeat(100) + "\"",
            "\"" + "x".repeat(101) + "\"",
            "\"\\x\"",
            "\"a\tb\"");
    private static final List<String> OTHER =
            List.of("null", "true", "[]", "{}", "[1]", "{\"id\":1}", "\"1\"", "7", "tru", "", "1,2", "01", "+1", ".5");
    private static final List<String> EXTRA = List.of(
            "null",
            "1e400",
            "\"\\ud83d\"",
            "[1,{\"id\":2},[]]",
            "{\"id\":7,\"id\":8}",
            "\"\u00e9\"",
            "-12.50",
            "[".repeat(98) + "]".repeat(98),
            "[".repeat(120) + "]".repeat(120),
            "{\"a\":}",
            "[1,]");
    private static final List<String> EXTRA_NAMES =
            List.of("x", "ID", "id ", "", "i\\u0064", "x\\u0000", "\u00e9", "ids");
    private static final List<String> DOCUMENTS = List.of(
            "oops",
            "",
            " ",
            "two\nlines \" and a quote",
            "null",
            "[]",
            "{}",
            "{\"id\":1}{}",
            "\ufeff{}",
            "\0",
            "{\"id\":1,\"ts\":\"",
            "id=1");
    private static final List<String> PIECES =
            List.of("-", "0", "9", "null", "[]", "{}", "\"", "\\", ",", ":", "}", "]", "1e9", "\0", " ", "\u00e9");

    private final Random random = new Random(20261122);

    private GoldenMessages() {}

    /** Returns the values; null is a tombstone. */
    public static List<byte[]> values() {
        GoldenMessages messages = new GoldenMessages();
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            values.add(messages.next());
        }
        return values;
    }

    /** Returns for each value the reason why it was rejected, or {@code accepted: } and the event's fields. */
    public static List<String> verdicts() throws IOException {
        try (InputStream file = GoldenMessages.class.getResourceAsStream(RESOURCE)) {
            return new String(file.readAllBytes(), UTF_8).lines().toList();
        }
    }

    /** Returns the verdict of the reference decoder in the form of {@link #verdicts}. */
    static String verdict(byte[] value) {
        try {
            return accepted(ReferenceDecoder.decode(value));
        } catch (RejectedEventException e) {
            return e.getMessage();
        }
    }

    public static String accepted(Event event) {
        return String.join(
                " ",
                "accepted:",
                "" + event.id(),
                Timestamps.format(event.ts()),
                "" + event.value(),
                event.source().replace("\n", "\\n"));
    }

    private byte[] next() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> event(List.of());
            case 3, 4, 5 -> event(List.of(random.nextInt(4)));
            case 6 -> event(List.of(random.nextInt(4), random.nextInt(4)));
            case 7 -> random.nextInt(3) == 0 ? null : pick(DOCUMENTS).getBytes(UTF_8);
            default -> damaged(event(List.of()));
        };
    }

    /** @param odd the fields with an unusual value, by their place in the schema */
    private byte[] event(List<Integer> odd) {
        List<String> fields = new ArrayList<>(List.of(
                field("id", odd.contains(0) ? odd(ID) : "" + random.nextInt(5)),
                field("ts", odd.contains(1) ? odd(TS) : ts()),
                field("value", odd.contains(2) ? odd(VALUE) : value()),
                field(
                        "source",
                        odd.contains(3) ? odd(SOURCE) : pick(List.of("\"sim-producer\"", "\"a\"", "\"b c\"")))));
        switch (random.nextInt(10)) {
            case 0 -> Collections.shuffle(fields, random);
            case 1 -> fields.remove(random.nextInt(4));
            case 2 -> fields.add(random.nextInt(5), field(pick(EXTRA_NAMES), pick(EXTRA)));
            case 3 -> fields.add(random.nextInt(5), pick(fields));
            default -> {}
        }
        String space = random.nextInt(5) == 0 ? " " : "";
        return ("{" + space + String.join("," + space, fields) + space + "}").getBytes(UTF_8);
    }

    private String field(String name, String json) {
        return "\"" + name + "\":" + (random.nextInt(9) == 0 ? " " : "") + json;
    }

    private String odd(List<String> values) {
        return random.nextInt(4) == 0 ? pick(OTHER) : pick(values);
    }

    private String ts() {
        String fraction = pick(List.of("", ".5", ".123456"));
        String offset = pick(List.of("Z", "Z", "+00:00", "+05:30", "-11:00"));
        return String.format(
                "\"%04d-%02d-%02dT%02d:%02d:%02d%s%s\"",
                2000 + random.nextInt(50),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                fraction,
                offset);
    }

    private String value() {
        return random.nextInt(100) + (random.nextBoolean() ? "" : "." + random.nextInt(1_000_000));
    }

    private byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> replaced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            case 3 -> replaced(bytes, at, end, new byte[0]);
            case 4 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            default -> replaced(bytes, at, at + random.nextInt(2), pick(PIECES).getBytes(UTF_8));
        };
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
