package pipeline.endtoend.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.Repository;

/**
 * {@code docker-compose.secure.yml}: a broker with TLS, logins and ACLs. Its last step uses that broker as the Kafka of
 * somebody else, with {@code docker-compose.kafka.yml}.
 */
@Tag("compose")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecureComposeIT {
    private static final String SECURE_PROJECT = ComposeStack.PROJECT + "-secure";
    private static final int SEVERAL_BATCHES = 500;
    private static final Pattern PASSWORD = Pattern.compile(" password=\"([^\"]+)\"");

    private ComposeStack stack;
    private ComposeStack ofAnother;

    @BeforeAll
    void start(@TempDir Path output) throws IOException {
        Docker.assumeItAnswers();
        stack = new ComposeStack(
                Repository.ROOT, output, SECURE_PROJECT, Map.of(), List.of("docker-compose.secure.yml"));
        stack.compose("down", "--volumes");
        stack.compose("up", "--detach", "--build", "--wait");
    }

    @AfterAll
    void removeAll() throws IOException {
        if (ofAnother != null) {
            ofAnother.compose("down", "--volumes");
        }
        if (stack != null) {
            stack.compose("down", "--volumes");
        }
    }

    @Test
    @Order(1)
    void readsOnTheWorkerOverTls() throws IOException {
        ComposeStack.waiting().until(() -> stack.totalRows() > SEVERAL_BATCHES);

        for (JsonNode executor : stack.executors()) {
            boolean isDriver = executor.get("id").asText().equals("driver");
            assertThat(executor.get("completedTasks").asInt() > 0).isNotEqualTo(isDriver);
        }
        assertThat(handshake("spark-worker")).contains("SSL connection using TLSv1.3", "subject: CN=kafka");
        assertThat(stack.compose("logs", "--no-log-prefix", "spark-streaming", "producer", "validator"))
                .doesNotContain("denies", "refuses", "not trusted");
    }

    /** Connects with TLS to the address that all components use, and returns the output. */
    private String handshake(String service) throws IOException {
        return stack.compose(
                "exec",
                "-T",
                service,
                "bash",
                "-c",
                "curl --noproxy '*' --insecure --verbose --max-time 5 https://kafka:9092 2>&1 || true");
    }

    @Test
    @Order(2)
    void givesNobodyButItsOwnerAPassword() throws IOException {
        String shown = stack.compose("logs")
                + stack.compose("config")
                + stack.docker(
                        ("inspect " + stack.compose("ps", "--all", "--quiet").strip()).split("\\s+"));
        for (String service : List.of("producer", "spark-streaming", "validator")) {
            String file = stack.compose("exec", "-T", service, "cat", "/etc/pipeline/client.properties");
            Matcher password = PASSWORD.matcher(file);
            assertThat(password.find()).as(service).isTrue();
            assertThat(shown.contains(password.group(1)))
                    .as("a password is shown")
                    .isFalse();
            assertThat(stack.compose("exec", "-T", "kafka", "bash", "-c", "cat /proc/[0-9]*/cmdline")
                            .contains(password.group(1)))
                    .isFalse();
        }
    }

    @Test
    @Order(3)
    void readsAgainWhenTheWorkerWasKilled() throws IOException {
        int restarts = stack.restarts("spark-worker");
        long rows = stack.totalRows();

        stack.killProcess("spark-worker");

        ComposeStack.waiting().until(() -> stack.restarts("spark-worker") > restarts);
        ComposeStack.waiting().until(() -> stack.totalRows() > rows + SEVERAL_BATCHES);
        assertThat(stack.validation()).isEqualTo("OK");
    }

    @Test
    @Order(4)
    void runsWithTheKafkaOfAnotherProject(@TempDir Path folder) throws IOException {
        for (String service :
                List.of("airflow", "validator", "spark-streaming", "spark-worker", "spark-master", "producer")) {
            stack.compose("stop", service);
        }
        grant("Write");
        Path client = Files.writeString(folder.resolve("client.properties"), clientSettingsOfTheJob());
        ofAnother = new ComposeStack(
                Repository.ROOT,
                Files.createDirectory(folder.resolve("output")),
                ComposeStack.PROJECT,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "kafka:9092",
                        "KAFKA_CONFIG_FILE",
                        client.toString(),
                        "TEST_KAFKA_PROJECT",
                        SECURE_PROJECT),
                List.of("docker-compose.kafka.yml", ComposeStack.resource("another-network.yml")));
        ofAnother.compose("down", "--volumes");
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rw-------"));
        ofAnother.giveToOwnerOfData(client);

        ofAnother.compose("up", "--detach", "--wait");

        assertThat(ofAnother.compose("ps", "--all", "--services")).doesNotContain("kafka");
        long rows = ofAnother.totalRows();
        ComposeStack.waiting().until(() -> ofAnother.totalRows() > rows + SEVERAL_BATCHES);
        assertThat(ofAnother.validation()).isEqualTo("OK");
    }

    /** Grants the job's user another right on the topic. */
    private void grant(String operation) throws IOException {
        stack.compose(
                "exec",
                "-T",
                "kafka",
                "/opt/kafka/bin/kafka-run-class.sh",
                "org.apache.kafka.tools.AclCommand",
                "--bootstrap-server=localhost:9095",
                "--add",
                "--allow-principal=User:job",
                "--operation=" + operation,
                "--topic=events");
    }

    private String clientSettingsOfTheJob() throws IOException {
        return stack.docker(
                "run",
                "--rm",
                "--network=none",
                "--user=root",
                "--volume=" + SECURE_PROJECT + "_job-secrets:/secrets:ro",
                "pipeline/streaming-spark:" + Repository.version(),
                "cat",
                "/secrets/client.properties");
    }
}
