package pipeline.events.schema.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pipeline.events.schema.source.JsonText;
import pipeline.events.schema.source.Place;
import pipeline.events.schema.source.Rescued;

/** What is kept of a sample is bounded. */
class SampleReaderTest {
    private final SampleReader reader = new SampleReader();

    @Test
    void keepsSomeThousandNames() throws Exception {
        for (int i = 0; i < 50; i++) {
            read(object(900, "{\"f" + i + "\":[[1],[{\"g" + i + "\":1}]]}"));
        }

        assertThat(reader.leftOut()).isEqualTo(50 * 900 - (SampleReader.MAX_PLACES - 900) / 4);
        assertThat(size(reader.event()) - 1).isEqualTo(SampleReader.MAX_PLACES);
    }

    /** An object whose names do not count any more leaves room for the names of others. */
    @Test
    void forgottenNamesMakeRoom() throws Exception {
        for (int i = 0; i < 30; i++) {
            read("{\"map" + i + "\":" + object(1_001, "{\"a\":[1]}") + "}");
            read("{\"map" + i + "\":[" + object(1_001, "{\"a\":[1]}") + "," + object(1_001, "1") + "]}");
        }

        assertThat(reader.leftOut()).isZero();
        assertThat(size(reader.event()) - 1).isEqualTo(60);
    }

    @Test
    void keepsFewValues() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            read("{\"a\":\"" + i + "\",\"b\":" + i + ",\"c\":{\"d\":" + i + "}}");
        }

        assertThat(field("a").differentValues()).isEqualTo(101);
        assertThat(field("b").differentValues()).isEqualTo(101);
        assertThat(field("c").fields().get("d").differentValues()).isZero();
    }

    private FieldSample field(String name) {
        return reader.event().fields().get(name);
    }

    private static String object(int names, String value) {
        return IntStream.range(0, names)
                .mapToObj(i -> "\"n" + i + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private void read(String event) throws Exception {
        try (JsonText text = new JsonText(event.getBytes(UTF_8), new Place(), new Rescued())) {
            text.next();
            reader.readEvent(text);
        }
    }

    private static int size(FieldSample sample) {
        int inside = sample.fields().values().stream()
                .mapToInt(SampleReaderTest::size)
                .sum();
        return 1 + inside + (sample.items() == null ? 0 : size(sample.items()));
    }
}
