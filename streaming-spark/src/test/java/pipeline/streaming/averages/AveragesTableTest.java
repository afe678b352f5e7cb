package pipeline.streaming.averages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;

class AveragesTableTest {
    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void hasALineForEachWindowAndAColumnForEachId() {
        assertThat(printed(List.of(average(10, 1, 7), average(0, 0, 49.876), average(0, 4, 100))))
                .isEqualToNormalizingNewlines(
                        """
                10-s averages (UTC)     id=0   id=1   id=2   id=3   id=4
                2026-11-22 10:00:00    49.88      -      -      - 100.00
                2026-11-22 10:00:10        -   7.00      -      -      -
                """);
    }

    @Test
    void hasTheNewestWindowsWhenThereAreMany() {
        List<Row> averages = new ArrayList<>();
        for (int window = 0; window < 30; window++) {
            averages.add(average(window * 10, 0, window));
        }

        assertThat(printed(averages))
                .hasLineCount(14)
                .contains(" 29.00")
                .doesNotContain(" 17.00")
                .contains("(and 18 earlier windows)");
    }

    @Test
    void isNotPrintedWhenNothingChanged() {
        assertThat(printed(List.of())).isEmpty();
    }

    private static Row average(int second, Object group, double average) {
        return RowFactory.create(Timestamp.from(TEN.plusSeconds(second)), group, average);
    }

    private static String printed(List<Row> averages) {
        return printed(SchemaFile.builtIn(), averages);
    }

    private static String printed(EventSchema schema, List<Row> averages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new AveragesTable(schema).print(averages, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static EventSchema orders(String roles) {
        return SchemaFile.parse(
                "orders.schema.json",
                """
                {"type": "object",
                 "properties": {"city": {"type": ["string", "null"]}, "amount": {"type": "number"}},
                 "required": ["city", "amount"], "x-pipeline": {%s}}
                """
                        .formatted(roles)
                        .getBytes(UTF_8));
    }

    @Test
    void hasAColumnForEachGroupThatChanged() {
        EventSchema byCity = orders("\"group\": \"city\", \"value\": \"amount\"");

        assertThat(printed(
                        byCity,
                        List.of(
                                average(0, "Ulm", 7),
                                average(0, null, 1),
                                average(10, "a\nvery long name of a city", 1_000_000))))
                .isEqualToNormalizingNewlines(
                        """
                10-s averages (UTC)   city=Ulm city=a?very long na… city=null
                2026-11-22 10:00:00       7.00                    -      1.00
                2026-11-22 10:00:10          -           1000000.00         -
                """);
    }

    @Test
    void hasTwelveGroupsWhenThereAreMany() {
        List<Row> averages = IntStream.range(10, 50)
                .mapToObj(city -> average(0, "c" + city, city))
                .toList();

        assertThat(printed(orders("\"group\": \"city\""), averages))
                .contains("10-s counts (UTC)", "city=c10", "city=c21", "      21", "(and 28 more groups)")
                .doesNotContain("city=c22");
    }

    @Test
    void hasOneColumnWithoutGroups() {
        assertThat(printed(orders(""), List.of(average(0, null, 1234))))
                .isEqualToNormalizingNewlines(
                        """
                10-s counts (UTC)        all
                2026-11-22 10:00:00     1234
                """);
    }
}
