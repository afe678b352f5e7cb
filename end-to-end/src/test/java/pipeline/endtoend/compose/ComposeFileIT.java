package pipeline.endtoend.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Settings;

/** The configuration that Compose reads from {@code docker-compose.yml}. */
@Tag("compose")
class ComposeFileIT {
    private static final Set<String> ONE_SHOTS = Set.of("data-init", "kafka-init");
    private static final Pattern EXACT_TAG = Pattern.compile("[a-z/-]+:\\d+\\.\\d+\\.\\d+(-\\S+)?");
    private static final Pattern SECRET = Pattern.compile("(?i)secret|passw|token|fernet|_key");

    private static JsonNode services;

    @BeforeAll
    static void readFile() throws IOException {
        Docker.assumeItAnswers();
        services = services(Map.of());
    }

    /** @param files besides {@code docker-compose.yml} */
    private static JsonNode services(Map<String, String> environment, String... files) throws IOException {
        return configuration(environment, files).get("services");
    }

    private static JsonNode configuration(Map<String, String> environment, String... files) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("compose", "-f", "docker-compose.yml"));
        for (String file : files) {
            arguments.addAll(List.of("-f", file));
        }
        arguments.addAll(List.of("config", "--format", "json"));
        Docker docker = new Docker(Repository.ROOT, environment);
        return new ObjectMapper().readTree(docker.run(arguments.toArray(String[]::new)));
    }

    @Test
    void hasTheServicesOfTheOriginalAndTheValidator() {
        assertThat(services.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "data-init",
                        "kafka",
                        "kafka-init",
                        "spark-master",
                        "spark-worker",
                        "spark-streaming",
                        "producer",
                        "validator",
                        "airflow");
    }

    @Test
    void namesEachContainerButThoseOfTheWorker() {
        services.fields().forEachRemaining(service -> {
            String expected = service.getKey().equals("spark-worker") ? "" : service.getKey();
            assertThat(service.getValue().path("container_name").asText()).isEqualTo(expected);
        });
    }

    @Test
    void listensOnThisMachineOnly() {
        List<JsonNode> ports = services.findValues("ports").stream()
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .toList();

        assertThat(ports).hasSize(7);
        assertThat(ports)
                .allSatisfy(port -> assertThat(port.path("host_ip").asText()).isEqualTo("127.0.0.1"));
    }

    @Test
    void namesTheExactVersionOfEachImage() {
        assertThat(services.findValuesAsText("image"))
                .allSatisfy(image -> assertThat(image).matches(EXACT_TAG));
    }

    @Test
    void holdsNoSecret() {
        for (JsonNode environment : services.findValues("environment")) {
            assertThat(environment.fieldNames()).toIterable().allSatisfy(name -> assertThat(name)
                    .doesNotContainPattern(SECRET));
        }
    }

    @Test
    void looksAfterEachLongRunningService() {
        services.fields().forEachRemaining(service -> {
            if (!ONE_SHOTS.contains(service.getKey())) {
                assertThat(service.getValue().fieldNames())
                        .toIterable()
                        .as(service.getKey())
                        .contains("healthcheck", "mem_limit", "restart", "stop_grace_period", "user");
                assertThat(service.getValue().get("user").asText())
                        .as(service.getKey())
                        .doesNotMatch("(root|0)(:.*)?");
            }
        });
    }

    @Test
    void restartsAProducerOnlyIfItHasNoLimit() throws IOException {
        JsonNode limited = services(Map.of(Settings.EVENT_LIMIT.name(), "10000"));

        assertThat(services.at("/producer/restart").asText()).isEqualTo("on-failure");
        assertThat(limited.at("/producer/restart").asText().split(":")[0]).isEqualTo("no");
    }

    @Test
    void letsTheOwnerOfTheDataReadTheFileWithKafkaClientSettings() throws IOException {
        Map<String, String> environment = Map.of(
                "DATA_UID",
                "1001",
                "DATA_GID",
                "1002",
                Settings.KAFKA_BOOTSTRAP_SERVERS.name(),
                "kafka-1:9093",
                Settings.KAFKA_CONFIG_FILE.name(),
                "./client.properties");

        List<JsonNode> readers = new ArrayList<>();
        services(environment, "docker-compose.kafka.yml").forEach(service -> {
            if (service.has("secrets")) {
                readers.add(service);
            }
        });

        assertThat(readers).hasSize(4);
        assertThat(readers)
                .allSatisfy(service -> assertThat(service.get("user").asText()).isEqualTo("1001:1002"));
        Fault.CLIENT_FILE_OF_OWNER.isSeenAs();
    }

    @Test
    void mountsTheSchemaOfEventsForTheOwnerOfTheDataWhereProducerAndJobReadIt() throws IOException {
        Map<String, String> environment =
                Map.of("DATA_UID", "1001", "DATA_GID", "1002", Settings.EVENT_SCHEMA_FILE.name(), "orders.schema.json");

        JsonNode configuration = configuration(environment);

        assertThat(configuration.at("/configs/event-schema/file").asText())
                .isEqualTo(Repository.ROOT.resolve("orders.schema.json").toString());
        for (Map.Entry<String, JsonNode> service : configuration.get("services").properties()) {
            String file = schemaFile(service.getValue());
            boolean reads = Set.of("producer", "spark-streaming").contains(service.getKey());
            assertThat(file.isEmpty()).as(service.getKey()).isEqualTo(!reads);
            assertThat(service.getValue().at("/configs/0/target").asText()).isEqualTo(file);
            if (reads) {
                assertThat(service.getValue().get("user").asText()).isEqualTo("1001:1002");
            }
        }
    }

    @Test
    void namesNoSchemaOfEventsIfNoneIsSet() {
        assertThat(services)
                .allSatisfy(service -> assertThat(schemaFile(service)).isEmpty());
    }

    private static String schemaFile(JsonNode service) {
        return service.path("environment")
                .path(Settings.EVENT_SCHEMA_FILE.name())
                .asText();
    }

    @Test
    void needsLessThanSixGibibytes() {
        long bytes = 0;
        for (Map.Entry<String, JsonNode> service : services.properties()) {
            if (!ONE_SHOTS.contains(service.getKey())) {
                bytes += service.getValue().get("mem_limit").asLong();
            }
        }
        assertThat(bytes).isLessThan(6L << 30);
    }
}
