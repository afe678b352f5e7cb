package pipeline.producer;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.ReferenceDecoder;
import pipeline.producer.observe.Deliveries.Totals;

/** The packaged producer against a real broker. */
class ProducerIT {
    private static final int TERMINATED = 128 + 15;

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = BrokerProcess.shared();
    }

    @Test
    void waitsForTheTopicThenSendsExactlyTheLimit() throws Exception {
        int port = BrokerProcess.freePort();
        try (ProducerProcess producer = ProducerProcess.start(environment(
                "limit", "MSGS_PER_SEC", "max", "EVENT_LIMIT", "20000", "PRODUCER_PORT", Integer.toString(port)))) {
            producer.awaitLine("has no topic limit");
            await().untilAsserted(() -> assertThat(readyStatus(port)).isEqualTo(503));
            assertThat(broker.hasTopic("limit")).isFalse();

            broker.createTopic("limit");

            assertThat(producer.exitCode()).isZero();
            assertThat(producer.totals()).isEqualTo(new Totals(20_000, 20_000, 0, 0));
            assertThat(producer.out().get(0))
                    .endsWith("Producer starting. Kafka=" + broker.servers() + ", topic=limit, msgs/sec=max");
            assertThat(producer.err()).isEmpty();
        }
        assertEachOnce("limit", 20_000);
    }

    @Test
    void sendsEventsOfASchemaWithTheGroupAsKey(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("orders.schema.json");
        Files.writeString(
                file,
                """
                {"type": "object",
                 "properties": {"country": {"enum": ["DE", "FR"]}, "at": {"type": "string", "format": "date-time"}},
                 "required": ["country", "at"],
                 "x-pipeline": {"group": "country", "time": "at"}}
                """);
        broker.createTopic("orders");
        try (ProducerProcess producer = ProducerProcess.start(
                environment("orders", "EVENT_LIMIT", "50", "EVENT_SCHEMA_FILE", file.toString()))) {
            assertThat(producer.exitCode()).isZero();
            assertThat(producer.totals()).isEqualTo(new Totals(50, 50, 0, 0));
        }
        List<ConsumerRecord<String, byte[]>> records = broker.read("orders");
        assertThat(records).hasSize(50).allSatisfy(record -> assertThat(
                        new String(record.value(), StandardCharsets.UTF_8))
                .matches("\\{\"country\":\"" + record.key() + "\",\"at\":\"20[0-9T:.-]+Z\"}"));
        assertThat(records.stream().map(ConsumerRecord::key).collect(toSet())).containsExactlyInAnyOrder("DE", "FR");
    }

    @Test
    void saysWhatIsWrongWithASchema(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("orders.schema.json");
        for (List<String> wrong : List.of(
                List.of("{\"type\": \"array\"}", "not supported; supported is \"type\": \"object\""),
                List.of(
                        "{\"type\": \"object\", \"properties\": {\"sku\": {\"type\": \"string\", \"pattern\": \"^a\"}}}",
                        "/properties/sku: a string with a pattern needs examples to be simulated"))) {
            Files.writeString(file, wrong.get(0));
            try (ProducerProcess producer =
                    ProducerProcess.start(environment("orders", "EVENT_SCHEMA_FILE", file.toString()))) {
                assertThat(producer.exitCode()).isEqualTo(ProducerMain.EXIT_BAD_SETUP);
                assertThat(producer.err())
                        .singleElement()
                        .asString()
                        .startsWith("EVENT_SCHEMA_FILE=" + file + " is not allowed: " + wrong.get(1));
            }
        }
    }

    @Test
    void leavesOutClientSettingsThatAreForAnotherProgramAndNamesThem() throws Exception {
        broker.createTopic("foreign");
        try (ProducerProcess producer = ProducerProcess.start(environment(
                "foreign",
                "EVENT_LIMIT",
                "10",
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "KAFKA_TRANSACTIONAL_ID",
                "mine",
                "KAFKA_INTERCEPTOR_CLASSES",
                "com.example.Mine"))) {
            assertThat(producer.exitCode()).isZero();
            assertThat(producer.totals()).isEqualTo(new Totals(10, 10, 0, 0));
            assertThat(producer.out().get(1))
                    .endsWith("Not used: KAFKA_INTERCEPTOR_CLASSES, KAFKA_SECURITY_PROTOCOL, KAFKA_TRANSACTIONAL_ID."
                            + " Settings of the Kafka client belong in KAFKA_CONFIG_FILE");
        }
    }

    @Test
    void deliversWhatItSentBeforeItStops() throws Exception {
        broker.createTopic("drain");
        int port = BrokerProcess.freePort();
        try (ProducerProcess producer = ProducerProcess.start(
                environment("drain", "MSGS_PER_SEC", "2000", "PRODUCER_PORT", Integer.toString(port)))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> broker.read("drain").size() > 2_000);
            assertThat(readyStatus(port)).isEqualTo(200);

            try (RequestLoad load = RequestLoad.start("http://127.0.0.1:" + port)) {
                load.awaitResponses(20);
                producer.terminate();

                assertThat(producer.exitCode()).isEqualTo(TERMINATED);
            }
            assertThat(producer.out()).noneMatch(line -> line.matches(".*(ERROR|WARN|Exception|^\\s+at ).*"));
            Totals totals = producer.totals();
            assertThat(totals.failed()).isZero();
            assertThat(totals.acked()).isEqualTo(totals.sent());
            assertEachOnce("drain", totals.sent());
        }
    }

    @Test
    void countsWhatKafkaDidNotTake() throws Exception {
        broker.createTopic("stopped");
        broker.createTopic("limited");
        try (ProducerProcess stopped = ProducerProcess.start(environment(
                        "stopped",
                        "MSGS_PER_SEC",
                        "100",
                        "PRODUCER_DRAIN_TIMEOUT",
                        "1s",
                        // The counts must be readable in a locale with its own digits.
                        "JAVA_TOOL_OPTIONS",
                        "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab"));
                ProducerProcess limited = ProducerProcess.start(environment(
                        "limited",
                        "MSGS_PER_SEC",
                        "200",
                        "EVENT_LIMIT",
                        "2000",
                        "MP_MESSAGING_OUTGOING_EVENTS_REQUEST_TIMEOUT_MS",
                        "1000",
                        "MP_MESSAGING_OUTGOING_EVENTS_DELIVERY_TIMEOUT_MS",
                        "2000"))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !broker.read("stopped").isEmpty()
                            && !broker.read("limited").isEmpty());
            broker.kill();

            assertThat(limited.exitCode()).isEqualTo(1);
            stopped.terminate();
            assertThat(stopped.exitCode()).isEqualTo(TERMINATED);

            broker.start();
            assertThat(limited.totals().sent()).isEqualTo(2000);
            assertCountsAreHonest("limited", limited);
            assertCountsAreHonest("stopped", stopped);
        }
    }

    @Test
    void waitsForAHostNameThatCannotBeResolved() throws Exception {
        try (ProducerProcess producer =
                ProducerProcess.start(environment("any", "KAFKA_BOOTSTRAP_SERVERS", "no-such-host.invalid:9092"))) {
            producer.awaitLine("Kafka at no-such-host.invalid:9092: the host name cannot be resolved");
            assertThat(producer.isAlive()).isTrue();

            producer.terminate();

            assertThat(producer.exitCode()).isEqualTo(TERMINATED);
            assertThat(producer.totals()).isEqualTo(new Totals(0, 0, 0, 0));
            assertThat(producer.out()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_BOOTSTRAP_SERVERS, nohost",
        "KAFKA_TOPIC, a/b",
        "MSGS_PER_SEC, fast",
        "EVENT_LIMIT, -1",
        "PRODUCER_PORT, 70000"
    })
    void refusesAWrongSettingInOneLine(String name, String value) throws Exception {
        try (ProducerProcess producer = ProducerProcess.start(environment("any", name, value))) {
            assertThat(producer.exitCode()).isEqualTo(2);
            assertThat(producer.err()).singleElement().asString().startsWith(name + "=" + value + " is not allowed: ");
            assertThat(producer.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRODUCER_PORT", "QUARKUS_HTTP_PORT"})
    void saysInOneLineThatThePortIsInUse(String variable) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            try (ProducerProcess producer = ProducerProcess.start(environment("any", variable, port))) {
                assertThat(producer.exitCode()).isEqualTo(2);
                assertThat(producer.err())
                        .singleElement()
                        .asString()
                        .startsWith(variable + "=" + port + " ")
                        .contains("in use");
                assertThat(producer.out()).isEmpty();
            }
        }
    }

    /** The topic holds every seq of one session exactly once, from 0 without a gap, in an event that readers accept. */
    private static void assertEachOnce(String topic, long count) throws Exception {
        List<ConsumerRecord<String, byte[]>> records = broker.read(topic);
        assertThat(seqs(records)).isEqualTo(LongStream.range(0, count).boxed().toList());
        assertThat(records.stream().map(record -> header(record, "session")).collect(toSet()))
                .hasSize(1);
        for (ConsumerRecord<String, byte[]> record : records) {
            assertThat(record.key())
                    .isEqualTo(Integer.toString(
                            ReferenceDecoder.decode(record.value()).id()));
        }
    }

    /** Acked events are in Kafka. Failed ones may be, if the broker died before it answered. None is there twice. */
    private static void assertCountsAreHonest(String topic, ProducerProcess producer) {
        Totals totals = producer.totals();
        assertThat(totals.sent()).isEqualTo(totals.acked() + totals.failed());
        assertThat(totals.failed()).isPositive();
        assertThat(producer.out()).anyMatch(line -> line.contains(totals.failed() + " events could not be delivered"));

        List<Long> seqs = seqs(broker.read(topic));
        assertThat(seqs).doesNotHaveDuplicates();
        assertThat((long) seqs.size()).isBetween(totals.acked(), totals.sent());
    }

    private static List<Long> seqs(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .map(record -> Long.valueOf(header(record, "seq")))
                .sorted()
                .toList();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static int readyStatus(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static Map<String, String> environment(String topic, String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.servers());
        environment.put("KAFKA_TOPIC", topic);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }
}
