package pipeline.streaming.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pipeline.streaming.KafkaRecords.record;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.LocalSpark;

/** Events of a schema with each type, unknown fields and folders. */
class OrdersTest {
    private static final String SCHEMA =
            """
            {"type": "object",
             "properties": {
               "order": {"type": "string", "format": "uuid"},
               "country": {"enum": ["DE", "FR", null]},
               "created_at": {"type": "string", "format": "date-time"},
               "delivery": {"type": "string", "format": "date"},
               "amount": {"type": "number"},
               "quantity": {"type": "integer"},
               "paid": {"type": "boolean"},
               "customer": {"type": "object", "properties": {"id": {"type": "integer"}, "city": {"type": "string"}},
                            "required": ["id"]},
               "items": {"type": "array", "items": {"type": ["string", "null"]}}
             },
             "required": ["order", "country", "created_at", "amount"],
             "x-pipeline": {"partition": ["country", "day(created_at)", "hour(created_at)", "key(quantity)"]}}
            """;
    private static final String ORDER =
            """
            {"order": "01234567-89ab-cdef-0123-456789abcdef", "country": "DE", "created_at": "2026-11-22T23:30:00.5-01:00",
             "delivery": "2026-11-23", "amount": 12.5, "quantity": 3, "paid": true, "coupon": [1, "\u00fc"],
             "customer": {"id": 7, "city": "K\u00f6ln", "segment": "x"}, "items": ["a", null]}
            """;
    private static final String LEAST =
            """
            {"order": "01234567-89ab-cdef-0123-456789abcdef", "country": null, "created_at": "0001-01-01T00:00:00Z", "amount": -0.0}
            """;

    private final DecodedRecords decoded =
            new DecodedRecords(LocalSpark.session(), SchemaFile.parse("orders.schema.json", SCHEMA.getBytes(UTF_8)));

    private Row decoded(String json) {
        return events(List.of(record(1, 5, json.getBytes(UTF_8)))).first();
    }

    private Dataset<Row> events(List<Row> records) {
        return decoded.events(LocalSpark.batch(records, decoded));
    }

    @Test
    void hasAColumnForEachFieldThenOursThenTheFolders() {
        assertThat(events(List.of()).schema().toDDL())
                .isEqualTo(
                        "order STRING NOT NULL,created_at TIMESTAMP NOT NULL,delivery DATE,amount DOUBLE NOT NULL,"
                                + "quantity BIGINT,paid BOOLEAN,customer STRUCT<id: BIGINT, city: STRING>,items ARRAY<STRING>,"
                                + "kafka_partition INT NOT NULL,kafka_offset BIGINT NOT NULL,kafka_timestamp TIMESTAMP,"
                                + "rescued STRING,country STRING,created_at_day STRING,created_at_hour STRING,quantity_key STRING");
    }

    @Test
    void keepsEachValueAndWhatTheSchemaDoesNotKnow() {
        assertThat(events(List.of(record(1, 5, ORDER.getBytes(UTF_8)))).toJSON().first())
                .isEqualTo("{\"order\":\"01234567-89ab-cdef-0123-456789abcdef\","
                        + "\"created_at\":\"2026-11-23T00:30:00.500Z\",\"delivery\":\"2026-11-23\",\"amount\":12.5,"
                        + "\"quantity\":3,\"paid\":true,\"customer\":{\"id\":7,\"city\":\"K\u00f6ln\"},"
                        + "\"items\":[\"a\",null],\"kafka_partition\":1,\"kafka_offset\":5,"
                        + "\"kafka_timestamp\":\"2026-11-22T12:34:57.000Z\","
                        + "\"rescued\":\"{\\\"/coupon\\\":[1, \\\"\u00fc\\\"],\\\"/customer/segment\\\":\\\"x\\\"}\","
                        + "\"country\":\"DE\",\"created_at_day\":\"2026-11-23\",\"created_at_hour\":\"2026-11-23-00\","
                        + "\"quantity_key\":\"3\"}");
    }

    @Test
    void hasNullForWhatIsMissing() {
        Row row = decoded(LEAST);

        assertThat(List.of("delivery", "quantity", "paid", "customer", "items", "rescued", "country", "quantity_key"))
                .allSatisfy(column -> assertThat(row.isNullAt(row.fieldIndex(column)))
                        .as(column)
                        .isTrue());
        assertThat(row.<String>getAs("created_at_day")).isEqualTo("0001-01-01");
        assertThat(row.<Double>getAs("amount")).isEqualTo(-0.0);
    }

    @Test
    void hasNoTimeOfARecordThatIsNotInTheYears1To9999() {
        byte[] value = LEAST.getBytes(UTF_8);
        long first = -62_135_596_800_000L;
        long end = 253_402_300_800_000L;

        List<Row> rows = events(List.of(
                        RowFactory.create(null, value, 0, 0L, first - 1),
                        RowFactory.create(null, value, 0, 1L, first),
                        RowFactory.create(null, value, 0, 2L, end - 1),
                        RowFactory.create(null, value, 0, 3L, end)))
                .selectExpr("unix_millis(kafka_timestamp)")
                .collectAsList();

        assertThat(rows).extracting(row -> row.get(0)).containsExactly(null, first, end - 1, null);
    }

    @Test
    void rejectsWithThePointer() {
        String wrong = ORDER.replace("\"id\": 7", "\"id\": 7.0");

        Row rejected = DecodedRecords.rejected(LocalSpark.batch(List.of(record(1, 5, wrong.getBytes(UTF_8))), decoded))
                .first();

        assertThat(rejected.<String>getAs("reason")).isEqualTo("/customer/id: not an integer");
    }
}
