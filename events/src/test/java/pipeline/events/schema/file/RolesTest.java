package pipeline.events.schema.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.Field;
import pipeline.events.schema.Partition;
import pipeline.events.schema.Partition.Kind;
import pipeline.events.schema.Roles;

class RolesTest {
    private static final String ORDER =
            """
            {"type": "object",
             "properties": {
               "country": {"enum": ["DE", "FR", null]},
               "city": {"type": "string"},
               "city_key": {"type": "string"},
               "created_at": {"type": "string", "format": "date-time"},
               "day": {"type": "string", "format": "date"},
               "amount": {"type": "number"},
               "tax": {"type": ["number", "null"]},
               "paid": {"type": "boolean"},
               "shop": {"type": "integer", "minimum": 0.5, "exclusiveMaximum": 1001},
               "shops": {"type": "integer", "minimum": 0, "maximum": 1000},
               "kind": {"enum": ["a", ""]},
               "size": {"enum": ["XL", "xl"]},
               "year": {"enum": ["2025", "2026"]},
               "ratio": {"enum": ["low", "NaN"]},
               "x y": {"type": "string"},
               "kafka_offset": {"type": "integer"},
               "PAID": {"type": "boolean"}
             },
             "required": ["country", "created_at", "day", "amount", "tax", "paid", "x y"],
             "x-pipeline": %s}
            """;

    static EventSchema parse(String roles) {
        return SchemaFile.parse("orders.schema.json", ORDER.formatted(roles).getBytes(UTF_8));
    }

    @Test
    void readsAllRoles() {
        EventSchema schema = parse(
                """
                {"group": "country", "time": "created_at", "value": "amount",
                 "partition": ["country", "day(created_at)", "key(shop)"], "unknown": "drop"}
                """);

        assertThat(schema.roles())
                .isEqualTo(new Roles(
                        "country",
                        "created_at",
                        "amount",
                        List.of(
                                new Partition(Kind.VALUE, "country"),
                                new Partition(Kind.DAY, "created_at"),
                                new Partition(Kind.KEY, "shop"))));
        assertThat(schema.roles().partition().stream().map(Partition::folder))
                .containsExactly("country", "created_at_day", "shop_key");
        assertThat(schema.unknown()).isEqualTo(Unknown.DROP);
    }

    @Test
    void allAreOptional() {
        assertThat(parse("{}").roles()).isEqualTo(Roles.NONE);
        assertThat(parse("{}").unknown()).isEqualTo(Unknown.RESCUE);
    }

    @ParameterizedTest
    @CsvSource({
        "country, true",
        "paid, true",
        "shop, true",
        "shops, false",
        "kind, false",
        "size, false",
        "year, false",
        "ratio, false",
        "city, false",
        "amount, false"
    })
    void takesFoldersWithFewNames(String column, boolean isSupported) {
        String roles = "{\"partition\":[\"" + column + "\"]}";

        if (isSupported) {
            assertThat(parse(roles).roles().partition()).containsExactly(new Partition(Kind.VALUE, column));
        } else {
            assertThatThrownBy(() -> parse(roles)).hasMessageContaining("/x-pipeline/partition/0: not supported");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "'\"paid\"', 2",
        "'\"country\"', 3",
        "'\"shop\"', 1001",
        "'\"country\",\"paid\"', 6",
        "'\"country\",\"key(shop)\"',",
        "'\"day(day)\"',"
    })
    void knowsHowManyFoldersThereCanBe(String partition, Long folders) {
        OptionalLong expected = folders == null ? OptionalLong.empty() : OptionalLong.of(folders);

        assertThat(parse("{\"partition\":[" + partition + "]}").folders()).isEqualTo(expected);
    }

    @Test
    void namesThatNoColumnCanHaveAreNoColumns() {
        EventSchema schema = parse("{}");

        assertThat(schema.event().fields())
                .filteredOn(field -> !field.isColumn())
                .extracting(Field::name)
                .containsExactly("x y", "kafka_offset", "PAID");
        assertThat(schema.columns()).hasSize(14);
    }
}
