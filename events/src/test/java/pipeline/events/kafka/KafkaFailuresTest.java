package pipeline.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.kafka.KafkaFailures.Kind;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.Settings;

/** The exceptions are those that Kafka's clients 3.4.1 and 4.1.1 threw at a real broker; SecureBrokerIT has the broker. */
class KafkaFailuresTest {
    private static final String SERVERS = "kafka-1:9093,kafka-2:9093";
    private static final String SCRAM =
            """
            security.protocol=SASL_SSL
            sasl.mechanism=SCRAM-SHA-512
            sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
              username="job" password="canary-7f3a";
            """;

    @TempDir
    private Path folder;

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        Kind.LOGIN,
                        new SaslAuthenticationException("Authentication failed: Invalid username or password"),
                        "Kafka at kafka-1:9093,kafka-2:9093 refuses the login of User:job: Authentication failed: Invalid"
                                + " username or password"),
                Arguments.of(
                        Kind.LOGIN,
                        new UnsupportedSaslMechanismException(
                                "Client SASL mechanism 'PLAIN' not enabled in the server, enabled mechanisms are [X]"),
                        "Kafka at kafka-1:9093,kafka-2:9093 refuses the login of User:job: Client SASL mechanism 'PLAIN'"
                                + " not enabled in the server, enabled mechanisms are [X]"),
                Arguments.of(
                        Kind.CERTIFICATE,
                        new SslAuthenticationException(
                                "SSL handshake failed",
                                new SSLHandshakeException(
                                        "PKIX path building failed: unable to find valid certification path")),
                        "The certificate of Kafka at kafka-1:9093,kafka-2:9093 is not trusted: none of the authorities in"
                                + " ssl.truststore.* issued it (PKIX path building failed: unable to find valid"
                                + " certification path)"),
                Arguments.of(
                        Kind.CERTIFICATE,
                        new SslAuthenticationException(
                                "Failed to process post-handshake messages",
                                new SSLHandshakeException("Received fatal alert: bad_certificate")),
                        "Kafka at kafka-1:9093,kafka-2:9093 refuses the certificate of this client, or the client has none"
                                + " (Received fatal alert: bad_certificate); ssl.keystore.* must hold one that the broker"
                                + " trusts"),
                Arguments.of(
                        Kind.CERTIFICATE,
                        new SslAuthenticationException(
                                "SSL handshake failed",
                                new SSLHandshakeException("No subject alternative DNS name matching kafka-1 found.")),
                        "The TLS handshake with Kafka at kafka-1:9093,kafka-2:9093 failed: No subject alternative DNS name"
                                + " matching kafka-1 found."),
                Arguments.of(
                        Kind.DENIED,
                        new TopicAuthorizationException("Topic authorization failed."),
                        "Kafka at kafka-1:9093,kafka-2:9093 denies User:job the right READ on topic events; to grant it:"
                                + " kafka-acls --bootstrap-server kafka-1:9093 --command-config ADMIN_FILE --add"
                                + " --allow-principal User:job --operation READ --topic events"),
                Arguments.of(
                        Kind.DENIED,
                        new KafkaException(
                                "Cannot execute transactional method because we are in an error state",
                                new ClusterAuthorizationException("Cluster authorization failed.")),
                        "Kafka at kafka-1:9093,kafka-2:9093 denies User:job the right READ on topic events; to grant it:"
                                + " kafka-acls --bootstrap-server kafka-1:9093 --command-config ADMIN_FILE --add"
                                + " --allow-principal User:job --operation READ --topic events"),
                Arguments.of(
                        Kind.DENIED,
                        GroupAuthorizationException.forGroupId("pipeline-1"),
                        "Kafka at kafka-1:9093,kafka-2:9093 denies User:job the right READ on group pipeline-1; to grant"
                                + " it: kafka-acls --bootstrap-server kafka-1:9093 --command-config ADMIN_FILE --add"
                                + " --allow-principal User:job --operation READ --group pipeline-1"),
                Arguments.of(
                        Kind.NO_TOPIC,
                        new UnknownTopicOrPartitionException("This server does not host this topic-partition."),
                        "Kafka at kafka-1:9093,kafka-2:9093 has no topic events"),
                Arguments.of(
                        Kind.TRANSIENT,
                        new LeaderNotAvailableException("There is no leader for this topic-partition"),
                        "Kafka at kafka-1:9093,kafka-2:9093: There is no leader for this topic-partition"),
                Arguments.of(
                        Kind.OTHER,
                        new UnknownMemberIdException("Failed altering consumer group offsets"),
                        "Kafka at kafka-1:9093,kafka-2:9093: a consumer of another program is in this group"),
                Arguments.of(
                        Kind.OTHER, new IllegalStateException("one\ntwo"), "Kafka at kafka-1:9093,kafka-2:9093: one"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysInOneLineWhatFailed(Kind kind, Exception failure, String line) throws IOException {
        Exception wrapped = new ExecutionException("outer\n\tat a.b.c", failure);

        assertThat(KafkaFailures.kind(wrapped)).isEqualTo(kind);
        assertThat(new KafkaFailures(SERVERS, client(SCRAM)).explain(wrapped, "READ", "events"))
                .isEqualTo(line);
    }

    /** The text is that of clients 3.4.1 and 4.1.1 when the right to describe the group is missing too. */
    @Test
    void takesTheGroupFromTheTextOfTheException() throws IOException {
        String text =
                "FindCoordinator request for groupId `CoordinatorKey(idValue='pipeline-a.b', type=GROUP)` failed due to"
                        + " authorization failure";

        assertThat(new KafkaFailures(SERVERS, client(SCRAM))
                        .explain(new GroupAuthorizationException(text), "READ", "events"))
                .contains("the right READ on group pipeline-a.b;");
    }

    @Test
    void tellsAnotherProtocolFromABrokerThatIsDown() throws IOException {
        String servers;
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            servers = "127.0.0.1:" + silent.getLocalPort();
            assertThat(new KafkaFailures("127.0.0.1:1," + servers, client(SCRAM))
                            .explain(new TimeoutException("Timed out"), "READ", "events"))
                    .isEqualTo("Kafka at 127.0.0.1:1," + servers + " accepts connections, but does not answer;"
                            + " security.protocol is SASL_SSL here, and the port may expect another one");
        }
        assertThat(new KafkaFailures(servers, KafkaClientConfig.none())
                        .explain(new DisconnectException(), "READ", "events"))
                .isEqualTo("Kafka at " + servers + " does not accept connections");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "security.protocol=SASL-SSL|Invalid value SASL-SSL for configuration security.protocol: String must be one of",
                "reconnect.backoff.ms=abc|Invalid value abc for configuration reconnect.backoff.ms: Not a number of type LONG",
                "security.protocol=SASL_SSL|sasl.jaas.config is malformed, or is missing",
                "metric.reporters=com.example.Reporter|Class com.example.Reporter cannot be found",
                "security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.password=canary-7f3a|SSL trust store is not specified",
            })
    void saysWhatIsWrongWithTheSettings(String settingsAndLine) throws IOException {
        String[] parts = settingsAndLine.split("\\|");
        KafkaClientConfig config = client(parts[0] + "\n");

        Exception failure = failureOf(config);

        assertThat(KafkaFailures.kind(failure)).isEqualTo(Kind.SETTINGS);
        assertThat(new KafkaFailures(SERVERS, config).explain(failure, "READ", "events"))
                .startsWith("KAFKA_CONFIG_FILE=" + file() + ": cannot create a Kafka client: " + parts[1])
                .doesNotContain("canary-7f3a");
    }

    @Test
    void saysWhichStoreIsWrong() throws IOException {
        Path store = Files.writeString(folder.resolve("trust.p12"), "not a store");
        KafkaClientConfig config = client(
                "security.protocol=SSL\nssl.truststore.location=" + store + "\nssl.truststore.password=canary-7f3a\n");

        Exception failure = failureOf(config);

        assertThat(new KafkaFailures(SERVERS, config).explain(failure, "READ", "events"))
                .startsWith("KAFKA_CONFIG_FILE=" + file()
                        + ": cannot create a Kafka client: Failed to load SSL keystore " + store + " of type JKS: ");
    }

    @Test
    void waitsForAnAddress() throws IOException {
        Exception failure = failureOf(KafkaClientConfig.none(), "no-such-host.invalid:9092");

        assertThat(KafkaFailures.kind(failure)).isEqualTo(Kind.NO_ANSWER);
    }

    @Test
    void endsForWrongSettingsOnly() {
        assertThat(Stream.of(Kind.values()).filter(kind -> !kind.isRecoverable()))
                .hasSameElementsAs(Set.of(Kind.SETTINGS, Kind.OTHER));
    }

    private Exception failureOf(KafkaClientConfig config) {
        return failureOf(config, "localhost:9092");
    }

    private static Exception failureOf(KafkaClientConfig config, String servers) {
        Map<String, Object> settings = new HashMap<>(config.settings());
        settings.put("bootstrap.servers", servers);
        try (Admin admin = Admin.create(settings)) {
            throw new AssertionError(admin + " can be made");
        } catch (KafkaException e) {
            return e;
        }
    }

    private Path file() {
        return folder.resolve("client.properties");
    }

    private KafkaClientConfig client(String text) throws IOException {
        Files.writeString(file(), text);
        return new Settings(Map.of("KAFKA_CONFIG_FILE", file().toString())).get(Settings.KAFKA_CONFIG_FILE);
    }
}
