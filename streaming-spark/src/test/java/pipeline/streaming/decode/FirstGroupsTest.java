package pipeline.streaming.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;

class FirstGroupsTest {
    private static final EventSchema BY_CITY = schema("city");

    private static EventSchema schema(String group) {
        return SchemaFile.parse(
                "orders.schema.json",
                """
                {"type": "object",
                 "properties": {"city": {"type": ["string", "null"]}, "country": {"enum": ["DE", "FR"]}},
                 "required": ["city", "country"],
                 "x-pipeline": {"group": "%s"}}
                """
                        .formatted(group)
                        .getBytes(UTF_8));
    }

    private static boolean have(FirstGroups groups, String city) {
        return groups.have(new Object[] {city, "DE"});
    }

    private static List<String> cities(int from, int until) {
        return IntStream.range(from, until).mapToObj(city -> "c" + city).toList();
    }

    @Test
    void areAThousand() {
        FirstGroups groups = new FirstGroups(BY_CITY);

        assertThat(cities(0, 999)).allMatch(city -> have(groups, city));
        assertThat(have(groups, null)).isTrue();
        assertThat(cities(1_000, 1_100)).noneMatch(city -> have(groups, city));
        assertThat(cities(0, 999)).allMatch(city -> have(groups, city));
    }

    @Test
    void ofABatchAreKeptAsLongAsTheyFit() {
        FirstGroups groups = new FirstGroups(BY_CITY);
        groups.add(cities(0, 600));
        groups.add(Arrays.asList(cities(500, 1_500).toArray()));

        assertThat(have(groups, "c999")).isTrue();
        assertThat(have(groups, "c1000")).isFalse();
    }

    @Test
    void areAllWhereTheSchemaHasFew() {
        FirstGroups groups = new FirstGroups(schema("country"));

        groups.add(cities(0, 2_000));

        assertThat(have(groups, "Ulm")).isTrue();
    }
}
