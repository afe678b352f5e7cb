package pipeline.endtoend.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static pipeline.endtoend.secure.ComponentLines.START;
import static pipeline.endtoend.secure.ComponentLines.awaitLag;
import static pipeline.endtoend.secure.ComponentLines.said;
import static pipeline.endtoend.secure.ComponentLines.saidAll;
import static pipeline.endtoend.secure.ComponentLines.saidNoStackTrace;
import static pipeline.endtoend.secure.ComponentLines.startAll;
import static pipeline.endtoend.secure.ComponentLines.startPipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.Repository;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.launcher.PipelineProcess;
import pipeline.launcher.setup.Ports;

/** All components with a broker that wants the tokens of an identity provider, which is down at times. */
@Tag("slow")
class TokenPipelineIT {
    private static final String SECRET = "canary-4711";
    private static final String KEEPS_UP = "The job keeps up with Kafka.";
    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static TokenServer tokens;
    private static SecureBroker broker;

    @TempDir
    private Path temp;

    /** Each test has its own client and topic, since they share one broker. */
    private final String client = "client" + NEXT.incrementAndGet();

    private final String topic = "topic" + NEXT.get();

    @BeforeAll
    static void start() throws IOException {
        Repository.prepareScript(folder);
        tokens = TokenServer.start();
        broker = SecureBroker.start(folder.resolve("broker"), tokens);
    }

    @AfterAll
    static void stop() {
        broker.close();
        tokens.close();
        // This JVM asks the broker, too, and so has allowed the endpoint.
        System.clearProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls");
    }

    @BeforeEach
    void allow() {
        tokens.setSecret(client, SECRET);
        broker.allow("User:" + client, Rights.all(topic, SystemUnderTest.RUN).toArray(Right[]::new));
    }

    @Test
    void everyNumberAgrees() throws IOException {
        try (PipelineProcess pipeline = pipeline(SECRET, "--events", "5000", "--rate", "1000")) {
            assertThat(pipeline.exitCode())
                    .as(pipeline.output() + pipeline.errors())
                    .isZero();

            assertThat(pipeline.output()).contains("every number agrees").doesNotContain("starting broker");
            assertThat(pipeline.errors()).isEmpty();
        }
    }

    @Test
    void theLauncherWaitsForAToken() throws IOException {
        try (PipelineProcess pipeline = pipeline("canary-wrong")) {
            pipeline.awaitLine("waiting for Kafka (" + refused());

            assertThat(pipeline.output() + pipeline.errors()).doesNotContain("canary");
            pipeline.pressCtrlC();
            assertThat(pipeline.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void continuesWhenTheTokenEndpointIsBack() throws IOException, InterruptedException {
        broker.createTopic(topic, 1);
        Map<String, String> settings = settings(SECRET);
        try (SystemUnderTest system = SystemUnderTest.on(broker.process(), temp, settings)) {
            startAll(system);
            await().atMost(START).until(() -> system.committedEvents() > 0);
            awaitLag(system, KEEPS_UP);

            String down = "The token endpoint " + tokens.tokenUrl() + " does not accept connections";
            tokens.close();
            try {
                String waiting = "Waiting to read topic " + topic + ": " + down;
                said(system.job(), waiting);
                Fault.TOKEN_ENDPOINT_DOWN.isSeenAs(waiting.replace(topic, "events"));
                awaitLag(system, down);
                assertThat(health(settings)).isEqualTo(200);
                saidNoStackTrace(system);
            } finally {
                tokens.open();
            }

            long before = system.committedEvents();
            await().atMost(START).until(() -> system.committedEvents() > before);
            awaitLag(system, KEEPS_UP);
            saidNoStackTrace(system);
            assertThat(system.producer().terminate()).isTrue();
            system.awaitCaughtUp(START);
            assertThat(ParquetRows.readAll(system.tree().parquet())).hasSize((int) broker.endOffset(topic, 0));
        }
    }

    @Test
    void saysThatTheSecretIsWrongAndRecovers() throws IOException {
        broker.createTopic(topic, 1);
        try (SystemUnderTest system = SystemUnderTest.on(broker.process(), temp, settings("canary-wrong"))) {
            startAll(system);

            saidAll(system, refused());
            tokens.setSecret(client, "canary-wrong");
            await().atMost(START).until(() -> system.committedEvents() > 0);
            awaitLag(system, KEEPS_UP);
        }
    }

    private static String refused() {
        return "The token endpoint " + tokens.tokenUrl() + " refuses this client: HTTP 401, invalid_client";
    }

    private static int health(Map<String, String> settings) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + settings.get("VALIDATOR_PORT") + "/q/health");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private Map<String, String> settings(String secret) throws IOException {
        return new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.tokenServers(),
                "KAFKA_TOPIC",
                topic,
                "KAFKA_CONFIG_FILE",
                file(secret).toString(),
                "VALIDATOR_PORT",
                Integer.toString(Ports.free())));
    }

    private Path file(String secret) throws IOException {
        return ClientSettings.token(tokens, client, secret).write(temp.resolve("client.properties"));
    }

    private PipelineProcess pipeline(String secret, String... options) throws IOException {
        return startPipeline(broker.tokenServers(), file(secret), topic, temp, options);
    }
}
