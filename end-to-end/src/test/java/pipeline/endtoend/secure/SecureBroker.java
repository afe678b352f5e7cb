package pipeline.endtoend.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import pipeline.endtoend.system.KillableProcess;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.setup.Ports;

/**
 * A real broker in its own process, which denies everything that no ACL allows. Its listeners:
 *
 * <ul>
 *   <li>{@link #saslServers}: SASL over TLS, with SCRAM-SHA-512, and PLAIN for the user {@code plain}
 *   <li>{@link #mtlsServers}: TLS with client certificates; {@code CN=job,OU=pipeline} is the principal {@code User:job}
 *   <li>{@link #openServers}: neither, and whoever connects may do everything: for the tests, and to see a client fail that
 *       wants TLS
 *   <li>{@link #tokenServers}: SASL with tokens of a {@link TokenServer}, if there is one
 * </ul>
 */
public final class SecureBroker implements AutoCloseable {
    /** The only user who can log in with PLAIN. */
    static final String PLAIN_USER = "plain";

    static final String PLAIN_PASSWORD = "plain-secret";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final int SCRAM_ITERATIONS = 4096;

    private final Path folder;
    private final CertificateAuthority authority;
    private final int saslPort = Ports.free();
    private final int mtlsPort = Ports.free();
    private final int openPort = Ports.free();
    private final int controllerPort = Ports.free();
    private final int tokenPort = Ports.free();
    private final Optional<TokenServer> tokens;
    private final KillableProcess process;
    private Admin admin;

    private SecureBroker(Path folder, Optional<TokenServer> tokens) throws IOException {
        this.tokens = tokens;
        this.folder = Files.createDirectories(folder);
        this.authority = CertificateAuthority.in(folder.resolve("authority"), "Test CA");
        this.process = new KillableProcess(program("broker", "kafka.Kafka"), folder);
    }

    /** Starts a broker with an empty folder, and returns once it answers. */
    public static SecureBroker start(Path folder) throws IOException {
        return start(folder, Optional.empty());
    }

    /** Starts a broker that also accepts the tokens of this server. */
    static SecureBroker start(Path folder, TokenServer tokens) throws IOException {
        return start(folder, Optional.of(tokens));
    }

    private static SecureBroker start(Path folder, Optional<TokenServer> tokens) throws IOException {
        SecureBroker broker = new SecureBroker(folder, tokens);
        broker.configure();
        String clusterId = Uuid.randomUuid().toString();
        KillableProcess format = new KillableProcess(
                broker.program("format", "kafka.tools.StorageTool", "format", "-t", clusterId, "-c"), broker.folder);
        format.start();
        assertThat(format.hasEndedWithin(START_TIMEOUT.toSeconds())).isTrue();
        broker.start();
        return broker;
    }

    private void configure() throws IOException {
        Files.writeString(
                folder.resolve("server.properties"),
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=OPEN
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,OPEN:PLAINTEXT,SASL:SASL_SSL,MTLS:SSL,TOKEN:SASL_PLAINTEXT
                listeners=CONTROLLER://127.0.0.1:%1$d,OPEN://127.0.0.1:%d,SASL://127.0.0.1:%d,MTLS://127.0.0.1:%d%s
                advertised.listeners=OPEN://localhost:%2$d,SASL://localhost:%3$d,MTLS://localhost:%4$d%5$s
                log.dirs=%s
                """
                                .formatted(
                                        controllerPort,
                                        openPort,
                                        saslPort,
                                        mtlsPort,
                                        tokens.map(server -> ",TOKEN://localhost:" + tokenPort)
                                                .orElse(""),
                                        folder.resolve("data"))
                        + security()
                        + tokens.map(SecureBroker::tokenSecurity).orElse("")
                        + """
                        auto.create.topics.enable=false
                        offsets.topic.replication.factor=1
                        offsets.topic.num.partitions=1
                        transaction.state.log.replication.factor=1
                        transaction.state.log.min.isr=1
                        share.coordinator.state.topic.replication.factor=1
                        share.coordinator.state.topic.min.isr=1
                        group.initial.rebalance.delay.ms=0
                        log.cleaner.dedupe.buffer.size=8388608
                        """);
        Files.writeString(
                folder.resolve("log4j2.properties"),
                """
                appender.out.type=Console
                appender.out.name=out
                appender.out.layout.type=PatternLayout
                appender.out.layout.pattern=%d{HH:mm:ss} %-5p %m (%c)%n
                rootLogger.level=INFO
                rootLogger.appenderRef.out.ref=out
                # A line for each decision of the authorizer, see rights().
                logger.decisions.name=kafka.authorizer.logger
                logger.decisions.level=DEBUG
                """);
    }

    private String security() throws IOException {
        return """
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                allow.everyone.if.no.acl.found=false
                # Who comes over OPEN and CONTROLLER, the broker itself too.
                super.users=User:ANONYMOUS
                ssl.keystore.location=%s
                ssl.keystore.password=%2$s
                ssl.key.password=%2$s
                ssl.truststore.location=%3$s
                ssl.truststore.password=%2$s
                ssl.principal.mapping.rules=RULE:^CN=(.*?),OU=pipeline$/$1/,DEFAULT
                listener.name.mtls.ssl.client.auth=required
                listener.name.sasl.sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN
                listener.name.sasl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_%4$s="%5$s";
                """
                .formatted(
                        authority.issue("broker").store(),
                        CertificateAuthority.STORE_PASSWORD,
                        authority.trustStore(),
                        PLAIN_USER,
                        PLAIN_PASSWORD);
    }

    /** With connections that end when their token does. */
    private static String tokenSecurity(TokenServer tokens) {
        return """
                listener.name.token.sasl.enabled.mechanisms=OAUTHBEARER
                listener.name.token.oauthbearer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
                listener.name.token.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler
                listener.name.token.oauthbearer.connections.max.reauth.ms=60000
                sasl.oauthbearer.jwks.endpoint.url=%s
                sasl.oauthbearer.expected.audience=%s
                sasl.oauthbearer.expected.issuer=%s
                """
                .formatted(tokens.keysUrl(), TokenServer.AUDIENCE, TokenServer.ISSUER);
    }

    /** Starts the process with its existing data, users and rights. */
    void start() {
        process.start();
        admin = Admin.create(ClientSettings.plaintext().with(openServers()));
        await("the broker, see " + process.log()).atMost(START_TIMEOUT).until(() -> process.linesOfThisLife().stream()
                .anyMatch(line -> line.contains("Kafka Server started")));
    }

    private ProcessSpec program(String name, String... program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlog4j2.configurationFile=log4j2.properties"));
        tokens.ifPresent(server -> command.add("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + server.keysUrl()));
        command.addAll(List.of(program));
        command.add("server.properties");
        return new ProcessSpec(name, command, System.getenv(), folder, line -> true, "", false);
    }

    /** Returns the broker's process, so that a test can stop it. */
    public KillableProcess process() {
        return process;
    }

    /** Kills the process; {@link #start} starts it again. */
    void kill() {
        process.kill();
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        kill();
    }

    public String saslServers() {
        return "localhost:" + saslPort;
    }

    public String mtlsServers() {
        return "localhost:" + mtlsPort;
    }

    String tokenServers() {
        return "localhost:" + tokenPort;
    }

    public String openServers() {
        return "localhost:" + openPort;
    }

    /** Returns the authority that issued the broker's certificate, and whose clients may connect. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** Returns a client that may do everything. */
    public Admin admin() {
        return admin;
    }

    /** Creates a SCRAM user, or changes the password of an existing one. */
    public void setPassword(String user, String password) {
        get(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS), password)))
                .all());
    }

    public void createTopic(String name, int partitions) {
        get(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all());
    }

    public void allow(String principal, Right... rights) {
        get(admin.createAcls(Stream.of(rights).map(right -> right.of(principal)).toList())
                .all());
    }

    public void takeAway(String principal, Right right) {
        get(admin.deleteAcls(List.of(right.of(principal).toFilter())).all());
    }

    /** Returns the offset after the last event. */
    long endOffset(String topic, int partition) {
        TopicPartition asked = new TopicPartition(topic, partition);
        return get(admin.listOffsets(Map.of(asked, OffsetSpec.latest())).partitionResult(asked))
                .offset();
    }

    Collection<AclBinding> rights() {
        return get(admin.describeAcls(AclBindingFilter.ANY).values());
    }

    /** Returns the authorizer's decisions since the broker's start, one per line. */
    List<String> decisions() throws IOException {
        try (Stream<String> lines = Files.lines(process.log(), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains("(kafka.authorizer.logger)"))
                    .filter(line -> !line.contains("User:ANONYMOUS"))
                    .toList();
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
