package pipeline.events.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientConfigTest {
    private static final String SECRET = "canary-7f3a";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "unset"})
    void isEmptyWithoutAFile(String value) {
        KafkaClientConfig config = read(value.equals("unset") ? Map.of() : Map.of("KAFKA_CONFIG_FILE", value));

        assertThat(config.settings()).isEmpty();
        assertThat(config.file()).isEmpty();
    }

    @Test
    void readsWhatKafkasToolsRead() throws IOException {
        KafkaClientConfig config = read(
                """
                # a comment, ! and blank lines

                security.protocol=SASL_SSL
                sasl.mechanism : SCRAM-SHA-512
                sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
                    username="pipeline" \\
                    password="gr\\u00fcn";
                ssl.endpoint.identification.algorithm=
                client.rack eu-1a
                request.timeout.ms=20000
                """);

        assertThat(config.settings())
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.mechanism", "SCRAM-SHA-512"),
                        Map.entry(
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required "
                                        + "username=\"pipeline\" password=\"grün\";"),
                        Map.entry("ssl.endpoint.identification.algorithm", ""),
                        Map.entry("client.rack", "eu-1a"),
                        Map.entry("request.timeout.ms", "20000"));
        assertThat(config.file()).contains(file());
    }

    @Test
    void givesSettingsThatNobodyCanChange() throws IOException {
        Map<String, String> settings = read("client.rack=a\n").settings();

        assertThatThrownBy(() -> settings.put("acks", "1")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bootstrap.servers | is set by KAFKA_BOOTSTRAP_SERVERS; remove this line
                    bootstrap.controllers | names controllers, and the pipeline asks brokers; set KAFKA_BOOTSTRAP_SERVERS instead
                    key.serializer | belongs to the pipeline, which reads and writes bytes; remove this line
                    value.serializer | belongs to the pipeline, which reads and writes bytes; remove this line
                    key.deserializer | belongs to the pipeline, which reads and writes bytes; remove this line
                    value.deserializer | belongs to the pipeline, which reads and writes bytes; remove this line
                    acks | belongs to the producer, which sends each event once, acknowledged by all replicas; remove this line
                    enable.idempotence | belongs to the producer, which sends each event once, acknowledged by all replicas; remove this line
                    max.in.flight.requests.per.connection | belongs to the producer, which sends each event once, acknowledged by all replicas; remove this line
                    retries | belongs to the producer, which retries until delivery.timeout.ms ends; set that instead
                    transactional.id | belongs to the producer, which sends without transactions; remove this line
                    partitioner.class | belongs to the producer, which sends all events of an id to one partition; remove this line
                    metadata.recovery.strategy | belongs to the producer, which would block all sending when the client bootstraps again; remove this line
                    group.id | belongs to the job: Spark reads in groups of its own, and the lag is stored for pipeline-<RUN_ID>; remove this line
                    group.instance.id | belongs to the job: Spark reads in groups of its own, and the lag is stored for pipeline-<RUN_ID>; remove this line
                    auto.offset.reset | belongs to the job, which resumes where its ledger ends; remove this line
                    enable.auto.commit | belongs to the job, which resumes where its ledger ends; remove this line
                    isolation.level | belongs to the job, which counts every offset of the topic; remove this line
                    check.crcs | belongs to the job, which must not take damaged records for events; remove this line
                    allow.auto.create.topics | belongs to the pipeline, which waits for the topic: one made by a request has the wrong settings; remove this line
                    interceptor.classes | may change events, so the pipeline runs without interceptors; remove this line
                    sasl.oauthbearer.client.credentials.client.id | is not known to Spark's Kafka client; write clientId="…" in sasl.jaas.config
                    sasl.oauthbearer.client.credentials.client.secret | is not known to Spark's Kafka client; write clientSecret="…" in sasl.jaas.config
                    sasl.oauthbearer.scope | is not known to Spark's Kafka client; write scope="…" in sasl.jaas.config
                    sasl.oauthbearer.jwt.retriever.class | is not known to Spark's Kafka client; remove this line
                    sasl.username | is a name of librdkafka; Java's clients take sasl.jaas.config
                    sasl.mechanisms | is a name of librdkafka; Java's clients take sasl.mechanism
                    ssl.ca.location | is a name of librdkafka; Java's clients take ssl.truststore.location, with ssl.truststore.type=PEM
                    kafka.security.protocol | is a name of Spark or Quarkus; write it without "kafka."
                    config.providers.vault.class | is not supported; write the values themselves, which the pipeline never shows
                    """)
    void refusesWhatBelongsToThePipeline(String key, String reason) {
        assertRefused("# settings\nclient.rack=a\n" + key + "=" + SECRET + "\n", "line 3: " + key + " " + reason);
    }

    @Test
    void namesEveryLineThatIsRefused() {
        assertRefused(
                "bootstrap.servers=kafka:9092\nsecurity.protocol=SSL\nacks=1\n",
                "line 1: bootstrap.servers is set by KAFKA_BOOTSTRAP_SERVERS; remove this line; line 3: acks belongs to"
                        + " the producer, which sends each event once, acknowledged by all replicas; remove this line");
    }

    @Test
    void refusesAKeyThatIsSetTwice() {
        assertRefused(
                "sasl.mechanism=PLAIN\nssl.key.password=\\\n  " + SECRET + "\nsasl.mechanism=SCRAM-SHA-512\n",
                "line 4: sasl.mechanism is set in line 1 already");
    }

    @Test
    void refusesAMalformedEscape() {
        assertRefused(
                "\nssl.key.password=" + SECRET + "\\u12\n", "line 2: a malformed \\u escape; it needs four hex digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
    void refusesACharacterThatKafkasToolsWouldReadAsAnotherOne(String charset) throws IOException {
        write("# grün\nssl.key.password=" + SECRET + "ü\n", Charset.forName(charset));

        assertRefused("line 2: a character outside ASCII, which Kafka's tools would read as another one; write it as"
                + " \\uXXXX, with its four hex digits");
    }

    @Test
    void doesNotShowAPrivateKeyWithoutBackslashes() {
        assertRefused(
                "ssl.keystore.key=-----BEGIN PRIVATE KEY-----\nMIIEvQ" + SECRET + "\n-----END PRIVATE KEY-----\n",
                "lines 2, 3: no Kafka setting has such a name; a value of several lines, such as PEM text, needs"
                        + " \\n\\ at the end of each line but the last");
    }

    @Test
    void refusesAValueWithoutAKey() {
        assertRefused(
                "=" + SECRET,
                "line 1: no Kafka setting has such a name; a value of several lines, such as PEM text, needs \\n\\"
                        + " at the end of each line but the last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl.truststore.location", "ssl.keystore.location"})
    void refusesAStoreThatIsNotThere(String key) {
        assertRefused(
                key + "=",
                "line 1: " + key + " must be an absolute path, since components run in different folders; it is ");
        assertRefused(key + "=/nowhere/ca.p12", "line 1: " + key + " names /nowhere/ca.p12, and there is no such file");
        assertRefused(
                key + "=certs/ca.p12",
                "line 1: " + key + " must be an absolute path, since components run in different folders; it is"
                        + " certs/ca.p12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Module required user=\"a\"",
                "Module needed user=\"a\";",
                "Module required password=" + SECRET + "!;",
                "Module required password=12;",
                "Module required password=\"" + SECRET + "\"x\";",
                "Module required " + SECRET + ";",
                SECRET,
            })
    void refusesALoginThatKafkaWouldQuote(String jaas) {
        assertRefused(
                "sasl.jaas.config=" + jaas + "\n",
                "line 1: sasl.jaas.config must have the form MODULE required NAME=\"VALUE\" …; with the semicolon, and with"
                        + " \\\\\" for a quote in a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scram.Scram", "plain.Plain"})
    void refusesALoginWithoutPassword(String module) {
        assertRefused(
                "sasl.jaas.config=org.apache.kafka.common.security." + module
                        + "LoginModule required username=\"a\";\n",
                "line 1: sasl.jaas.config needs username=\"…\" and password=\"…\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password='b;\"=';",
                "org.apache.kafka.common.security.scram.ScramLoginModule REQUIRED username=a password=\"b\\\\\"c\" tokenauth=true ; ",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;",
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true keyTab=\"/a\" principal=\"p/h@R\";",
            })
    void takesALoginOfKafkasForm(String jaas) throws IOException {
        assertThat(read("sasl.jaas.config=" + jaas + "\n").settings()).containsOnlyKeys("sasl.jaas.config");
    }

    private static final String OAUTH =
            """
            sasl.mechanism=OAUTHBEARER
            sasl.oauthbearer.token.endpoint.url=https://login.example/token
            """;
    private static final String OAUTH_HANDLER =
            "sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler\n";
    private static final String OAUTH_LOGIN =
            "sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"a\"";

    @Test
    void refusesATokenEndpointThatKafkaWouldNotUse() {
        assertRefused(
                OAUTH + OAUTH_LOGIN + " clientSecret=\"" + SECRET + "\";\n",
                "line 2: sasl.oauthbearer.token.endpoint.url also needs the line " + OAUTH_HANDLER.strip());
        assertRefused(
                OAUTH + OAUTH_HANDLER + OAUTH_LOGIN + ";\n",
                "line 2: sasl.oauthbearer.token.endpoint.url also needs clientId=\"…\" and clientSecret=\"…\" in"
                        + " sasl.jaas.config");
        assertRefused(
                OAUTH_HANDLER.replace(".oauthbearer.", ".oauthbearer.secured."),
                "line 1: sasl.login.callback.handler.class names a class that Kafka 4 does not have; write"
                        + " org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
    }

    @Test
    void limitsRequestsToATokenEndpoint() throws IOException {
        String text = OAUTH + OAUTH_HANDLER + OAUTH_LOGIN + " clientSecret=\"" + SECRET + "\";\n";

        assertThat(read(text).settings())
                .containsEntry("sasl.login.connect.timeout.ms", "5000")
                .containsEntry("sasl.login.read.timeout.ms", "5000")
                .containsEntry("sasl.login.retry.backoff.max.ms", "1000");
        assertThat(read(text + "sasl.login.read.timeout.ms=9000\nsasl.login.retry.backoff.ms=2000\n")
                        .settings())
                .containsEntry("sasl.login.read.timeout.ms", "9000")
                .doesNotContainKey("sasl.login.retry.backoff.max.ms");
    }

    @Test
    void takesATokenFromAFileWithoutASecret() throws IOException {
        String text = OAUTH.replace("https://login.example/token", "file:///var/run/token") + OAUTH_HANDLER;

        assertThat(read(text).settings()).containsKey("sasl.oauthbearer.token.endpoint.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl.truststore.certificates", "ssl.keystore.certificate.chain"})
    void refusesSeveralCertificatesInALine(String key) throws IOException {
        String certificate = "-----BEGIN CERTIFICATE-----%1$sAAAA%1$s-----END CERTIFICATE-----%1$s";

        assertThat(read(key + "=" + (certificate + certificate).formatted("\\n\\\n") + "\n")
                        .settings())
                .containsOnlyKeys(key);
        assertRefused(
                key + "=" + (certificate + certificate).formatted(" \\\n") + "\n",
                "line 1: " + key + " has several certificates in one line; end each line of a PEM text with \\n\\");
    }

    @Test
    void takesAStoreThatIsThere() throws IOException {
        Path store = Files.createFile(folder.resolve("ca.p12"));

        assertThat(read("ssl.truststore.location=" + store + "\n").settings())
                .containsEntry("ssl.truststore.location", store.toString());
    }

    @Test
    void refusesAFileThatIsMissing() {
        assertRefused("there is no such file; a properties file with Kafka client settings is needed");
    }

    @Test
    void refusesAFolder() throws IOException {
        Files.createDirectory(file());

        assertRefused("this is not a file; a properties file with Kafka client settings is needed");
    }

    @Test
    void refusesAFileThatMayNotBeRead() throws IOException {
        write("client.rack=a\n", StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file()), "root may read everything");

        assertRefused("user " + System.getProperty("user.name") + " may not read this file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesAFileThatCannotBeRead() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> read(Map.of("KAFKA_CONFIG_FILE", "/proc/self/mem")))
                .withMessage("KAFKA_CONFIG_FILE=/proc/self/mem is not allowed: this file cannot be read"
                        + " (Input/output error)");
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> read(Map.of("KAFKA_CONFIG_FILE", "a\0b")))
                .withMessageStartingWith("KAFKA_CONFIG_FILE=a\0b is not allowed: not a path");
    }

    @Test
    void showsKeysWithoutValues() throws IOException {
        KafkaClientConfig config = read("ssl.key.password=" + SECRET + "\nclient.rack=a\n");

        assertThat(config).hasToString(file() + " [client.rack, ssl.key.password]");
        assertThat(KafkaClientConfig.none()).hasToString("no KAFKA_CONFIG_FILE");
    }

    private Path file() {
        return folder.resolve("client.properties");
    }

    private void write(String text, Charset charset) throws IOException {
        Files.writeString(file(), text, charset);
    }

    private KafkaClientConfig read(String text) throws IOException {
        write(text, StandardCharsets.US_ASCII);
        return read(Map.of("KAFKA_CONFIG_FILE", file().toString()));
    }

    private void assertRefused(String text, String reason) {
        try {
            write(text, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertRefused(reason);
    }

    private void assertRefused(String reason) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> read(Map.of("KAFKA_CONFIG_FILE", file().toString())))
                .withMessage("KAFKA_CONFIG_FILE=" + file() + " is not allowed: " + reason);
    }

    private static KafkaClientConfig read(Map<String, String> environment) {
        return new Settings(environment).get(Settings.KAFKA_CONFIG_FILE);
    }
}
