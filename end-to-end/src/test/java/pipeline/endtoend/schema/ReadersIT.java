package pipeline.endtoend.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.endtoend.faults.KafkaEvents;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.ReaderTools;
import pipeline.endtoend.system.Repository;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Settings;

/** Tools that know nothing about the pipeline read a run whose schema has grown: each column of each row. */
@Tag("slow")
class ReadersIT {
    /** Takes a tool and a run. */
    private static final Path SCRIPT =
            Repository.ROOT.resolve("end-to-end/src/test/resources/pipeline/endtoend/schema/readers.py");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ORDERS = 120;
    /** Some are escaped in the names of folders, some are null there, and one is too long. */
    private static final List<String> SHOPS = List.of(
            "\"Ulm\"", "\"a/b=c\"", "\"K\u00f6ln 100%\"", "null", "\"\"", "\"" + "x".repeat(300) + "\"", "\"12\"");

    private static final List<String> COLUMNS = List.of(
            "kafka_partition",
            "kafka_offset",
            "kafka_timestamp_micros",
            "order_id",
            "amount",
            "status",
            "note",
            "shop",
            "voucher",
            "rescued",
            "currency",
            "size",
            "express",
            "shop_key",
            "created_at_day",
            "created_at_micros",
            "day",
            "customer",
            "skus",
            "carrier");

    private static final Comparator<JsonNode> BY_POSITION = Comparator.<JsonNode>comparingInt(
                    row -> row.get("kafka_partition").intValue())
            .thenComparingLong(row -> row.get("kafka_offset").longValue());

    @TempDir
    private static Path folder;

    private static SystemUnderTest system;
    private static Path python;
    private static List<JsonNode> expected;

    @BeforeAll
    static void publishWithTwoSchemas() throws IOException {
        python = ReaderTools.python(folder);
        Path file = folder.resolve("orders.schema.json");
        system = new SystemUnderTest(folder, Map.of(Settings.EVENT_SCHEMA_FILE.name(), file.toString()));
        system.startBroker();
        ObjectNode schema = schema();
        publish(schema, file, 1);
        Orders.add(schema, "voucher", "string");
        Orders.add(schema, "delivery", "object");
        ((ObjectNode) schema.at("/properties/delivery"))
                .putObject("properties")
                .putObject("carrier")
                .put("type", "string");
        publish(schema, file, 1 + ORDERS);
        expected = expected();
        assertThat(expected).hasSize(2 * ORDERS);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    private static ObjectNode schema() throws IOException {
        ObjectNode schema = Orders.schema();
        Orders.add(schema, "shop", "string");
        Orders.add(schema, "express", "boolean");
        Orders.add(schema, "size", "integer");
        ((ObjectNode) schema.at("/properties/size")).put("minimum", -1).put("maximum", 4);
        ((ObjectNode) schema.get("x-pipeline"))
                .putArray("partition")
                .add("currency")
                .add("size")
                .add("express")
                .add("key(shop)")
                .add("day(created_at)");
        return schema;
    }

    private static void publish(ObjectNode schema, Path file, int from) throws IOException {
        Orders.write(schema, file);
        system.job().start();
        List<String> orders = new ArrayList<>();
        for (int n = from; n < from + ORDERS; n++) {
            String more =
                    ", \"shop\": %s, \"size\": %s, \"express\": %s, \"voucher\": \"V%d\", \"delivery\": {\"carrier\": \"%s\"}"
                            .formatted(
                                    SHOPS.get(n % SHOPS.size()),
                                    n % 6 == 4 ? null : n % 6 - 1,
                                    n % 3 == 0 ? null : n % 2 == 0,
                                    n,
                                    n % 5);
            orders.add(Orders.order(n, more));
        }
        EventSender.sendValues(system.bootstrapServers(), system.topicName(), orders);
        system.awaitCaughtUp(Duration.ofMinutes(2));
        assertThat(system.job().terminate()).isTrue();
    }

    /** Returns what was sent, as {@code readers.py} prints it. */
    private static List<JsonNode> expected() throws IOException {
        Map<String, String> rescued = rescued();
        List<JsonNode> rows = new ArrayList<>();
        for (KafkaEvents.Entry entry : KafkaEvents.read(system.kafka())) {
            ObjectNode row = (ObjectNode) JSON.readTree(entry.value());
            boolean hasGrown = row.get("order_id").intValue() > ORDERS;
            OffsetDateTime created =
                    OffsetDateTime.parse(row.get("created_at").textValue()).withOffsetSameInstant(ZoneOffset.UTC);
            ArrayNode skus = row.putArray("skus");
            row.get("items").forEach(item -> skus.add(item.get("sku")));
            String shop = row.get("shop").textValue();
            row.put("shop_key", shop == null || shop.isEmpty() ? null : shop.length() > 200 ? "__other__" : shop)
                    .put("size", row.get("size").asText(null))
                    .put("express", row.get("express").asText(null))
                    .put("created_at_day", created.toLocalDate().toString())
                    .put("created_at_micros", micros(created.toInstant()))
                    .put("kafka_timestamp_micros", entry.timestamp() * 1000)
                    .put("kafka_partition", entry.partition())
                    .put("kafka_offset", entry.offset())
                    .put("rescued", rescued.get(entry.position()))
                    .put("customer", row.at("/customer/country").textValue())
                    .put("carrier", hasGrown ? row.at("/delivery/carrier").textValue() : null)
                    .put("voucher", hasGrown ? row.get("voucher").textValue() : null);
            assertThat(row.path("rescued").asText().contains("\"/voucher\":")).isNotEqualTo(hasGrown);
            // As text, and parsed again, because Jackson distinguishes integers by their size.
            rows.add(JSON.readTree(row.retain(COLUMNS).toString()));
        }
        rows.sort(BY_POSITION);
        return rows;
    }

    /** {@link ChronoUnit#between} computes nanoseconds, which overflow before the year 1677. */
    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    /** Returns what the files say, by the positions of the rows. */
    private static Map<String, String> rescued() throws IOException {
        Map<String, String> rescued = new HashMap<>();
        for (Path file : ParquetRows.files(system.tree().run(SystemUnderTest.RUN))) {
            ParquetRows.readGroups(
                    file,
                    row -> rescued.put(
                            row.getInteger(OutputTree.KAFKA_PARTITION, 0) + "/"
                                    + row.getLong(OutputTree.KAFKA_OFFSET, 0),
                            row.getFieldRepetitionCount(OutputTree.RESCUED) == 0
                                    ? null
                                    : row.getString(OutputTree.RESCUED, 0)));
        }
        return rescued;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "duckdb, VARCHAR, BIGINT, VARCHAR, VARCHAR, DATE",
        "pandas, str, float64, str, str, str",
        "polars, String, Int64, Boolean, String, Date",
        "spark, string, int, string, string, date"
    })
    void seesAllColumnsOfAllRows(String tool, String currency, String size, String express, String key, String day)
            throws IOException {
        List<String> lines = lines(tool);

        assertThat(JSON.readTree(lines.get(0)))
                .isEqualTo(JSON.createObjectNode()
                        .put("currency", currency)
                        .put("size", size)
                        .put("express", express)
                        .put("shop_key", key)
                        .put("created_at_day", day));
        List<JsonNode> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            rows.add(JSON.readTree(line));
        }
        rows.sort(BY_POSITION);
        assertThat(rows).isEqualTo(expected);
    }

    private static List<String> lines(String tool) throws IOException {
        Path output = folder.resolve(tool + ".lines");
        Path log = folder.resolve(tool + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        python.toString(),
                        SCRIPT.toString(),
                        tool,
                        system.tree().run(SystemUnderTest.RUN).toString())
                .redirectOutput(output.toFile())
                .redirectError(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertThat(builder.start().onExit().join().exitValue())
                .as(Files.readString(log))
                .isZero();
        return Files.readAllLines(output);
    }
}
