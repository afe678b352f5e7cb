package pipeline.events.schema.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;

/** What the scanner reads, it reads as Jackson does; the rest it leaves to Jackson. */
class ScannerTest {
    private static final int EVENTS_OF_A_SCHEMA = 50;
    private static final List<String> PIECES = List.of(
            "-", "0", "9", "null", "[]", "{}", "\"", "\\", ",", ":", "}", "]", "e9", "\0", " ", "\u00e9", ".", "-0",
            "\\ud83d");

    private final Random random = new Random(41);
    private int scanned;
    private int rejected;

    @Test
    void readsAsJackson() {
        compare(20_000);
    }

    @Test
    @Tag("long")
    void readsAsJacksonAMillionTimes() {
        compare(1_000_000);
    }

    private void compare(int pairs) {
        RandomSchema schemas = new RandomSchema(random);
        RandomEvent events = new RandomEvent(random);
        for (int i = 0; i < pairs / EVENTS_OF_A_SCHEMA; i++) {
            byte[] file = schemas.next().toString().getBytes(UTF_8);
            EventSchema schema = i % 10 == 0 ? SchemaFile.builtIn() : SchemaFile.parse("random", file);
            EventDecoder decoder = new EventDecoder(schema, new TestValues());
            for (int k = 0; k < EVENTS_OF_A_SCHEMA; k++) {
                byte[] json = events.next(schema.event()).getBytes(UTF_8);
                compare(decoder, random.nextInt(3) == 0 ? damaged(json) : json, schema);
            }
        }
        assertThat(scanned).isGreaterThan(pairs / 5);
        assertThat(rejected).isGreaterThan(pairs / 5);
    }

    private void compare(EventDecoder decoder, byte[] json, EventSchema schema) {
        Object[] row = decoder.scan(json);
        try {
            Object[] expected = decoder.read(json);
            if (row != null) {
                scanned++;
                if (!Arrays.equals(row, expected)) {
                    assertThat(row)
                            .as(() -> new String(json, UTF_8) + schema.text())
                            .isEqualTo(expected);
                }
            }
        } catch (RejectedEventException e) {
            rejected++;
            assertThat(row)
                    .as(() -> e.getMessage() + new String(json, UTF_8) + schema.text())
                    .isNull();
        }
    }

    private byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> replaced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(bytes, at, end, new byte[0]);
            case 3 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            default ->
                replaced(
                        bytes,
                        at,
                        at + random.nextInt(2),
                        PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
        };
    }

    private static byte[] replaced(byte[] bytes, int from, int until, byte[] with) {
        byte[] result = Arrays.copyOf(bytes, from + with.length + bytes.length - until);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(bytes, until, result, from + with.length, bytes.length - until);
        return result;
    }
}
