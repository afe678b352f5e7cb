package pipeline.events.schema.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;

/** What the scanner reads, it reads as Jackson does; the rest it leaves to Jackson. */
class ScannerTest {
    private static final int EVENTS_OF_A_SCHEMA = 50;
    private final Random random = new Random(41);
    private final RandomDamage damage = new RandomDamage(random);
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
                compare(decoder, random.nextInt(3) == 0 ? damage.damaged(json) : json, schema);
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
}
