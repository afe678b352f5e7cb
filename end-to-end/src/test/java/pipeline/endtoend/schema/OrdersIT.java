package pipeline.endtoend.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.FaultRun;
import pipeline.endtoend.faults.FaultSchedule;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.settings.Settings;

/** Orders with a nested object and a list: from the topic to Parquet, and on with another schema. */
@Tag("slow")
class OrdersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CANNOT_CONTINUE = 1;
    private static final int EVENTS = 3_000;
    private static final int SENT = 100;
    /** With it, the job dies after the steps in their order. */
    private static final long SEED = 74;

    @TempDir
    Path folder;

    private SystemUnderTest system;
    private Path file;
    /** Those of the invalid values that were sent. */
    private final Map<String, String> reasons = new HashMap<>(Orders.reasons());

    private void start(Map<String, String> settings) throws IOException {
        file = folder.resolve("orders.schema.json");
        Map<String, String> all = new HashMap<>(settings);
        all.put(Settings.EVENT_SCHEMA_FILE.name(), file.toString());
        system = new SystemUnderTest(folder, all);
    }

    @AfterEach
    void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    @Timeout(300)
    void keepsEveryFieldAndContinuesOnlyWithASchemaThatHasGrown() throws IOException {
        start(Map.of(Settings.MSGS_PER_SEC.name(), "max", Settings.EVENT_LIMIT.name(), Integer.toString(EVENTS)));
        system.startBroker();
        ObjectNode schema = Orders.schema();
        publish(schema);
        grow(schema);
        publishGrown(schema);

        SchemaOutput check = new SchemaOutput(system, schema, reasons);
        System.out.println(check.summary());
        check.assertIsRight();
        check.assertNothingElseIsThere();
        assertThat(check.rows()).hasSize(EVENTS + 2 * SENT + 2);
        assertThat(check.rejected()).hasSize(Orders.invalid().size() + 2);
        assertThat(check.schemas()).hasSize(2);
        assertThat(check.rows().stream().filter(row -> row.event().has("voucher")))
                .as("vouchers, first as an unknown field and then in a column")
                .hasSize(2 * SENT);
        retype(schema);
        refuses(
                system.job(),
                file + ": /properties/note/type: string in the run, but integer in the file; set RUN_ID to a new name");
        check.assertNothingElseIsThere();
        refusesWithoutSchema(check);
        check.assertNothingElseIsThere();
    }

    private void publish(ObjectNode schema) throws IOException {
        Orders.write(schema, file);
        system.producer().start();
        system.job().start();
        sendOrders(1);
        EventSender.sendBytes(system.bootstrapServers(), system.topicName(), Orders.invalid());
        sendOnlyForGrown(1, "amount: not in 0 to 10000", "day: missing");
        assertThat(system.producer().hasEndedWithin(PATIENCE.toSeconds())).isTrue();
        assertThat(system.producer().exitCode()).isZero();
        stopWhenCaughtUp();
    }

    private void publishGrown(ObjectNode schema) throws IOException {
        Orders.write(schema, file);
        system.job().start();
        sendOrders(1 + SENT);
        sendOnlyForGrown(2);
        stopWhenCaughtUp();
    }

    private void retype(ObjectNode schema) throws IOException {
        ((ObjectNode) schema.at("/properties/note")).removeAll().put("type", "integer");
        Orders.write(schema, file);
    }

    private void sendOrders(int from) {
        List<String> orders = new ArrayList<>();
        for (int n = from; n < from + SENT; n++) {
            orders.add(Orders.order(n, ", \"voucher\": \"V%d\"".formatted(n)));
        }
        EventSender.sendValues(system.bootstrapServers(), system.topicName(), orders);
    }

    /**
     * Sends two orders that are valid only once the schema has grown.
     *
     * @param expected the reasons, if it has not
     */
    private void sendOnlyForGrown(int n, String... expected) {
        String order = Orders.order(n, "");
        List<String> orders = List.of(
                order.replace("\"amount\": 32.00", "\"amount\": 15000"),
                order.replace("\"day\": \"2026-11-22\", ", ""));
        for (int i = 0; i < expected.length; i++) {
            reasons.put(Orders.text(orders.get(i).getBytes(StandardCharsets.UTF_8)), expected[i]);
        }
        EventSender.sendValues(system.bootstrapServers(), system.topicName(), orders);
    }

    private static void grow(ObjectNode schema) {
        Orders.add(schema, "voucher", "string");
        ((ObjectNode) schema.at("/properties/amount")).put("maximum", 20_000);
        ArrayNode required = (ArrayNode) schema.get("required");
        for (int i = 0; i < required.size(); i++) {
            JsonNode name = required.get(i);
            if (name.textValue().equals("day")) {
                required.remove(i);
            }
        }
    }

    private void stopWhenCaughtUp() {
        system.awaitCaughtUp(PATIENCE);
        assertThat(system.job().terminate()).isTrue();
    }

    /** Starts a job that ends by itself, with one line that says why. */
    private static void refuses(KillableProcess job, String line) throws IOException {
        job.start();
        assertThat(job.hasEndedWithin(PATIENCE.toSeconds()))
                .as("see " + job.log())
                .isTrue();
        assertThat(job.exitCode()).as("see " + job.log()).isEqualTo(CANNOT_CONTINUE);
        List<String> lines = job.linesOfThisLife();
        assertThat(lines).filteredOn(said -> said.contains("RUN_ID")).containsExactly(line);
        assertThat(lines).last().isEqualTo(line);
        assertThat(lines).noneMatch(said -> said.startsWith("\tat "));
    }

    /** Starts a job of built-in events on the same run. */
    private void refusesWithoutSchema(SchemaOutput check) throws IOException {
        String newest = check.schemas().get(check.schemas().size() - 1);
        try (SystemUnderTest builtIn = system.beside(
                "built-in",
                Map.of(
                        Settings.EVENT_SCHEMA_FILE.name(),
                        "",
                        Settings.KAFKA_TOPIC.name(),
                        system.topicName(),
                        Settings.OUTPUT_DIR.name(),
                        system.tree().root().toString()))) {
            refuses(
                    builtIn.job(),
                    "Run 1 has events of the schema " + system.tree().schema(SystemUnderTest.RUN, newest)
                            + ", and the job has none; set RUN_ID to a new name");
        }
    }

    /**
     * A short form of {@link OrdersFaultsIT}: a job completes a batch that was prepared with another schema, and dies before a
     * record names its own.
     */
    @Test
    @Timeout(300)
    void neitherLosesNorDuplicatesOrdersWhenTheJobIsKilledAndTheSchemaGrows() throws IOException {
        start(FaultRun.rate(200));
        OrderWorkload orders = new OrderWorkload(file, 1);
        FaultSchedule schedule = FaultSchedule.withoutValidator(SEED, List.of("PREPARED", "STAGED"), 0);

        new FaultRun(system, orders, schedule, 3_000, 4, System.out::println).run();
    }
}
