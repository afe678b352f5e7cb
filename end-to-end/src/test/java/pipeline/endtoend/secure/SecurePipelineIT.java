package pipeline.endtoend.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static pipeline.endtoend.secure.ComponentLines.START;
import static pipeline.endtoend.secure.ComponentLines.awaitLag;
import static pipeline.endtoend.secure.ComponentLines.count;
import static pipeline.endtoend.secure.ComponentLines.said;
import static pipeline.endtoend.secure.ComponentLines.saidAll;
import static pipeline.endtoend.secure.ComponentLines.saidNoStackTrace;
import static pipeline.endtoend.secure.ComponentLines.startAll;
import static pipeline.endtoend.secure.ComponentLines.startPipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.endtoend.system.ConsumerGroups;
import pipeline.endtoend.system.Repository;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.launcher.PipelineProcess;

/** All components with a broker that requires TLS and a login, and denies everything that no ACL allows. */
@Tag("slow")
class SecurePipelineIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SECRET = "canary-4711";
    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static SecureBroker broker;

    @TempDir
    private Path temp;

    /** Each test has its own user and topic, since they share one broker. */
    private final String user = "user" + NEXT.incrementAndGet();

    private final String topic = "topic" + NEXT.get();

    @BeforeAll
    static void start() throws IOException {
        Repository.prepareScript(folder);
        broker = SecureBroker.start(folder.resolve("broker"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void addUser() {
        broker.setPassword(user, SECRET);
    }

    enum Login {
        SCRAM {
            @Override
            String servers() {
                return broker.saslServers();
            }

            @Override
            ClientSettings settings(String user) throws IOException {
                return ClientSettings.scram(broker.authority(), user, SECRET);
            }
        },
        MTLS_PEM {
            @Override
            String servers() {
                return broker.mtlsServers();
            }

            @Override
            ClientSettings settings(String user) throws IOException {
                return ClientSettings.mtls(
                        broker.authority(), broker.authority().issue(user));
            }
        };

        abstract String servers();

        abstract ClientSettings settings(String user) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void everyNumberAgreesWithExactlyTheDocumentedRights(Login login) throws IOException {
        Path file = login.settings(user).write(temp.resolve("client.properties"));
        allow(documented());
        try (PipelineProcess pipeline = pipeline(login.servers(), file, "--events", "5000", "--rate", "1000")) {
            assertThat(pipeline.exitCode())
                    .as(pipeline.output() + pipeline.errors())
                    .isZero();

            assertThat(pipeline.output()).contains("every number agrees").doesNotContain("starting broker");
            assertThat(pipeline.errors()).isEmpty();
        }
    }

    @Test
    void freshDeletesTheOutputButNothingInKafka() throws IOException {
        Path file = scram().write(temp.resolve("client.properties"));
        allow(documented());
        try (PipelineProcess pipeline = pipeline(broker.saslServers(), file, "--events", "200", "--rate", "1000")) {
            assertThat(pipeline.exitCode()).as(pipeline.output()).isZero();
        }
        String[] again = {"--fresh", "--yes", "--without", "producer"};
        try (PipelineProcess pipeline = pipeline(broker.saslServers(), file, again)) {
            pipeline.awaitLine("committed 200, rejected 0, lag 0");

            assertThat(pipeline.output()).doesNotContain("starting producer");
            pipeline.pressCtrlC();
            assertThat(pipeline.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void theLauncherNamesTheRightThatItLacks() throws IOException {
        Path file = scram().write(temp.resolve("client.properties"));
        String broker = SecurePipelineIT.broker.saslServers();
        try (PipelineProcess pipeline = pipeline(broker, file)) {
            assertThat(pipeline.exitCode()).isEqualTo(1);
            assertThat(pipeline.errors()).isEqualTo("pipeline: " + denied("DESCRIBE", "topic", topic) + "\n");
        }
        allow(List.of(Right.onTopic(AclOperation.DESCRIBE, topic)));
        try (PipelineProcess pipeline = pipeline(broker, file)) {
            assertThat(pipeline.exitCode()).isEqualTo(1);
            assertThat(pipeline.errors())
                    .isEqualTo("pipeline: " + denied("CREATE", "topic", topic)
                            + "\npipeline: the topic does not exist yet; to create it as an administrator: kafka-topics"
                            + " --bootstrap-server " + broker + " --command-config ADMIN_FILE --create --topic " + topic
                            + " --partitions 3 --config cleanup.policy=delete --config retention.ms=604800000\n");
        }
    }

    @Test
    void infersASchemaWithTheRightToReadAndNothingElse() throws IOException {
        broker.createTopic(topic, 1);
        String servers = broker.saslServers();

        assertThat(inferSchema(servers, scram())).isEqualTo("1 " + denied("READ", "topic", topic));
        allow(List.of(Right.onTopic(AclOperation.READ, topic)));
        assertThat(inferSchema(servers, scram())).startsWith("2 ").endsWith(" has no records");
        assertThat(inferSchema(servers, ClientSettings.scram(broker.authority(), user, "canary-wrong")))
                .startsWith("1 Kafka at " + servers + " refuses the login of User:" + user)
                .doesNotContain("canary");
        assertThat(inferSchema(servers, ClientSettings.plaintext()))
                .startsWith("1 Kafka at " + servers + " accepts connections, but does not answer;"
                        + " security.protocol is PLAINTEXT here");
    }

    /** Returns the exit code and the line of {@code --infer-schema}. */
    private String inferSchema(String servers, ClientSettings client) throws IOException {
        Map<String, String> settings = Map.of(
                "KAFKA_CONFIG_FILE",
                client.write(temp.resolve("client.properties")).toString(),
                "KAFKA_TOPIC",
                topic,
                "KAFKA_BOOTSTRAP_SERVERS",
                servers);
        try (PipelineProcess pipeline = PipelineProcess.start(Repository.SCRIPT, temp, settings, "--infer-schema")) {
            int exitCode = pipeline.exitCode();
            assertThat(pipeline.output()).isEmpty();
            assertThat(pipeline.errors()).hasLineCount(1).startsWith("pipeline: ");
            return exitCode + " " + pipeline.errors().strip().substring("pipeline: ".length());
        }
    }

    @Test
    void theProducerWaitsForItsRight() throws IOException {
        broker.createTopic(topic, 1);
        allow(List.of(Right.onTopic(AclOperation.DESCRIBE, topic)));
        try (SystemUnderTest system = system(scram())) {
            system.producer().start();

            String line = said(system.producer(), "Waiting to send");
            assertThat(line).endsWith("Waiting to send to topic " + topic + ": " + denied("WRITE", "topic", topic));
            allow(Rights.producer(topic));
            await().atMost(LIMIT).until(() -> eventsInKafka() > 0);

            takeAway(Rights.producer(topic));
            assertThat(said(system.producer(), "last failure")).endsWith(denied("WRITE", "topic", topic));
            long before = eventsInKafka();
            allow(Rights.producer(topic));
            await().atMost(LIMIT).until(() -> eventsInKafka() > before);
            saidNoStackTrace(system.producer());
        }
    }

    @Test
    void theJobWaitsForItsRight() throws IOException {
        broker.createTopic(topic, 1);
        allow(List.of(Right.onTopic(AclOperation.DESCRIBE, topic), Right.onTopic(AclOperation.WRITE, topic)));
        allow(List.of(Right.onGroup(AclOperation.READ, "pipeline-1")));
        try (SystemUnderTest system = system(scram())) {
            system.producer().start();
            system.job().start();

            String line = said(system.job(), "Waiting to read");
            assertThat(line).endsWith("Waiting to read topic " + topic + ": " + denied("READ", "topic", topic));
            allow(List.of(Right.onTopic(AclOperation.READ, topic)));
            await().atMost(START).until(() -> system.committedEvents() > 0);

            takeAway(List.of(Right.onTopic(AclOperation.READ, topic)));
            await().atMost(LIMIT).until(() -> count(system.job(), denied("READ", "topic", topic)) > 1);
            long before = system.committedEvents();
            allow(List.of(Right.onTopic(AclOperation.READ, topic)));
            await().atMost(LIMIT).until(() -> system.committedEvents() > before);
            assertThat(count(system.job(), "Publishing was interrupted")).isLessThan(4);
            saidNoStackTrace(system.job());
        }
    }

    @Test
    void publishesWhetherOrNotItMayStoreTheLag() throws Exception {
        broker.createTopic(topic, 1);
        List<Right> withoutGroup =
                List.of(Right.onTopic(AclOperation.READ, topic), Right.onTopic(AclOperation.WRITE, topic));
        allow(withoutGroup);
        String group = "pipeline-" + SystemUnderTest.RUN;
        try (SystemUnderTest system = system(scram())) {
            system.producer().start();
            system.job().start();

            await().atMost(START).until(() -> system.batches() > 4);
            assertThat(count(system.job(), "tools do not show the lag of group " + group))
                    .isEqualTo(1);
            assertThat(said(system.job(), "tools do not show")).endsWith(denied("READ", "group", group));

            allow(List.of(Right.onGroup(AclOperation.READ, group)));
            await().atMost(LIMIT).until(() -> stored(group) > 0);

            takeAway(List.of(Right.onGroup(AclOperation.READ, group)));
            await().atMost(LIMIT).until(() -> count(system.job(), "tools do not show the lag of group " + group) == 2);
            long published = system.batches();
            await().atMost(LIMIT).until(() -> system.batches() > published + 4);
            assertThat(count(system.job(), "tools do not show the lag of group " + group))
                    .isEqualTo(2);

            allow(List.of(Right.onGroup(AclOperation.READ, group)));
            system.producer().terminate();
            await().atMost(LIMIT).until(system::isCaughtUp);
            await().atMost(LIMIT).until(() -> stored(group) == eventsInKafka());
            long events = eventsInKafka();
            assertThat(new ConsumerGroups(broker.openServers(), temp).describe(group))
                    .containsPattern(group + " +" + topic + " +0 +" + events + " +" + events + " +0 ");
            system.job().kill();
            system.producer().start();
            await().atMost(LIMIT).until(() -> eventsInKafka() >= events + 7);
            system.producer().terminate();
            assertThat(new ConsumerGroups(broker.openServers(), temp).describe(group))
                    .containsPattern(
                            " +0 +" + events + " +" + eventsInKafka() + " +" + (eventsInKafka() - events) + " ");
        }
    }

    private long stored(String group) throws InterruptedException, ExecutionException {
        OffsetAndMetadata offset = broker.admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(topic, 0));
        return offset == null ? 0 : offset.offset();
    }

    @Test
    void theValidatorNamesTheRightThatItLacks() throws IOException {
        broker.createTopic(topic, 1);
        try (SystemUnderTest system = system(scram())) {
            system.validator().start();
            awaitLag(system, denied("DESCRIBE", "topic", topic));

            allow(Rights.validator(topic));
            awaitLag(system, "No ledger says which offsets were read.");
        }
    }

    @Test
    void saysThatTheLoginIsRefusedAndRecovers() throws IOException {
        broker.createTopic(topic, 1);
        allow(documented());
        try (SystemUnderTest system = system(ClientSettings.scram(broker.authority(), user, "canary-wrong"))) {
            String refused = "Kafka at " + broker.saslServers() + " refuses the login of User:" + user;
            startAll(system);

            saidAll(system, refused);
            broker.setPassword(user, "canary-wrong");
            await().atMost(START).until(() -> system.committedEvents() > 0);
            awaitLag(system, "The job keeps up with Kafka.");
        }
    }

    @Test
    void saysThatTheCertificateIsNotTrusted() throws IOException {
        CertificateAuthority stranger = CertificateAuthority.in(temp.resolve("stranger"), "Unknown CA");
        try (SystemUnderTest system = system(ClientSettings.scram(stranger, user, SECRET))) {
            startAll(system);

            saidAll(system, "The certificate of Kafka at " + broker.saslServers() + " is not trusted");
        }
    }

    @Test
    void saysThatThePortExpectsAnotherProtocol() throws IOException {
        Map<String, String> settings = settings(scram());
        settings.put("KAFKA_BOOTSTRAP_SERVERS", broker.openServers());
        try (SystemUnderTest system = SystemUnderTest.on(broker.process(), temp, settings)) {
            startAll(system);

            saidAll(
                    system,
                    "Kafka at " + broker.openServers()
                            + " accepts connections, but does not answer; security.protocol is SASL_SSL here");
        }
    }

    private String denied(String operation, String resource, String name) {
        String servers = broker.saslServers();
        return "Kafka at " + servers + " denies User:" + user + " the right " + operation + " on " + resource + " "
                + name
                + "; to grant it: kafka-acls --bootstrap-server " + servers
                + " --command-config ADMIN_FILE --add --allow-principal User:" + user + " --operation " + operation
                + " --" + resource + " " + name;
    }

    private long eventsInKafka() {
        return broker.endOffset(topic, 0);
    }

    private List<Right> documented() {
        return Rights.all(topic, SystemUnderTest.RUN);
    }

    private ClientSettings scram() throws IOException {
        return ClientSettings.scram(broker.authority(), user, SECRET);
    }

    private SystemUnderTest system(ClientSettings client) throws IOException {
        return SystemUnderTest.on(broker.process(), temp, settings(client));
    }

    private Map<String, String> settings(ClientSettings client) throws IOException {
        return new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.saslServers(),
                "KAFKA_TOPIC",
                topic,
                "KAFKA_CONFIG_FILE",
                client.write(temp.resolve("client.properties")).toString()));
    }

    private PipelineProcess pipeline(String servers, Path file, String... options) throws IOException {
        return startPipeline(servers, file, topic, temp, options);
    }

    private void allow(List<Right> rights) {
        broker.allow("User:" + user, rights.toArray(Right[]::new));
    }

    private void takeAway(List<Right> rights) {
        rights.forEach(right -> broker.takeAway("User:" + user, right));
    }
}
