package pipeline.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import pipeline.events.settings.Settings;

class LaunchConfigTest {
    @TempDir
    private Path root;

    @Test
    void runsAFreshCloneWithDefaults() {
        LaunchConfig config = config(Map.of());

        assertThat(config.data()).isEqualTo(root.resolve("data/local"));
        assertThat(config.output().root()).isEqualTo(root.resolve("data/local/output"));
        assertThat(config.settings().get(Settings.KAFKA_BOOTSTRAP_SERVERS)).isEqualTo("localhost:9094");
        assertThat(config.untilCommitted()).isFalse();
        assertThat(config.duration()).isEmpty();
        assertThat(config.notes()).isEmpty();
    }

    @Test
    void readsTheDotEnvOfTheRepository() throws IOException {
        dotEnv("RUN_ID=file");

        assertThat(config(Map.of()).settings().get(Settings.RUN_ID)).isEqualTo("file");
    }

    @Test
    void prefersTheEnvironmentOverDotEnv() throws IOException {
        dotEnv("RUN_ID=file");

        assertThat(config(Map.of("RUN_ID", "environment")).settings().get(Settings.RUN_ID))
                .isEqualTo("environment");
    }

    @Test
    void prefersOptionsOverTheEnvironment() {
        LaunchConfig config =
                config(Map.of("MSGS_PER_SEC", "1", "EVENT_LIMIT", "2"), "--rate", "max", "--events", "30");

        assertThat(config.settings().get(Settings.MSGS_PER_SEC)).isEmpty();
        assertThat(config.settings().get(Settings.EVENT_LIMIT)).hasValue(30);
        assertThat(config.untilCommitted()).isTrue();
    }

    @Test
    void tellsTheLimitOfTheProducerFromTheOption() {
        LaunchConfig config = config(Map.of("EVENT_LIMIT", "2"));

        assertThat(config.settings().get(Settings.EVENT_LIMIT)).hasValue(2);
        assertThat(config.untilCommitted()).isFalse();
    }

    @Test
    void readsTheTimeToRun() {
        assertThat(config(Map.of(), "--for", "2m").duration()).contains(Duration.ofMinutes(2));
    }

    @Test
    void startsABrokerOfItsOwn() {
        LaunchConfig config = config(Map.of("KAFKA_PORT", "19094"));

        assertThat(config.ownBroker()).isTrue();
        assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:19094");
        assertThat(config.ports()).containsEntry(Settings.KAFKA_PORT, 19094).doesNotContainKey(Settings.AIRFLOW_PORT);
        assertThat(config(Map.of(), "--airflow").ports()).containsEntry(Settings.AIRFLOW_PORT, 8082);
    }

    @Test
    void usesTheKafkaOfTheEnvironment() {
        LaunchConfig config = config(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

        assertThat(config.ownBroker()).isFalse();
        assertThat(config.settings().get(Settings.KAFKA_BOOTSTRAP_SERVERS)).isEqualTo("kafka:9092");
        assertThat(config.ports()).doesNotContainKey(Settings.KAFKA_PORT);
    }

    @Test
    void prefersTheKafkaOfTheOption() {
        LaunchConfig config =
                config(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"), "--kafka", "[::1]:9092,other:9093");

        assertThat(config.ownBroker()).isFalse();
        assertThat(config.kafka().bootstrapServers()).isEqualTo("[::1]:9092,other:9093");
    }

    @Test
    void namesTheOptionWhoseKafkaIsNoAddress() {
        assertRefused(Map.of(), "--kafka", "nowhere").hasMessage("--kafka=nowhere is not allowed: host:port[,…]");
        assertRefused(Map.of(), "--kafka", "").hasMessageContaining("--kafka need a value");
    }

    @Test
    void readsTheClientSettingsBesideDotEnvAndHandsOnTheirPath() throws IOException {
        dotEnv("KAFKA_CONFIG_FILE=my.properties");
        Path file = Files.writeString(root.resolve("my.properties"), "security.protocol=SSL\n");

        LaunchConfig config = config(Map.of(), "--kafka", "kafka:9093");

        assertThat(config.kafka().client().settings()).containsEntry("security.protocol", "SSL");
        assertThat(config.settings().environment()).containsEntry("KAFKA_CONFIG_FILE", file.toString());
    }

    @Test
    void refusesSecuritySettingsForItsOwnBroker() throws IOException {
        Path file = Files.writeString(root.resolve("my.properties"), "security.protocol=SSL\n");

        assertRefused(Map.of("KAFKA_CONFIG_FILE", file.toString()))
                .hasMessage(
                        "KAFKA_CONFIG_FILE=" + file + " has a security.protocol, but the broker that ./pipeline starts"
                                + " has no security: name the Kafka to use with --kafka HOST:PORT, or unset KAFKA_CONFIG_FILE");
    }

    @Test
    void runsTheCrashDemoWhateverKafkaIsSet() throws IOException {
        Path file = Files.writeString(root.resolve("my.properties"), "security.protocol=SSL\n");
        Map<String, String> environment =
                Map.of("KAFKA_CONFIG_FILE", file.toString(), "KAFKA_BOOTSTRAP_SERVERS", "kafka:9093");

        assertThat(config(environment, "--crash-demo").ownBroker()).isTrue();
    }

    @Test
    void reportsALineOfTheClientSettings() throws IOException {
        Path file = Files.writeString(root.resolve("my.properties"), "acks=1\n");

        assertRefused(Map.of("KAFKA_CONFIG_FILE", file.toString()), "--kafka", "kafka:9092")
                .hasMessageStartingWith("KAFKA_CONFIG_FILE=" + file + " is not allowed: line 1: acks ");
    }

    @Test
    void takesARelativeSchemaFileOfDotEnvFromTheRepositoryAndHandsOnItsPath() throws IOException {
        Path file = schema("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}");
        dotEnv("EVENT_SCHEMA_FILE=my.schema.json");

        assertThat(config(Map.of()).settings().environment()).containsEntry("EVENT_SCHEMA_FILE", file.toString());
    }

    @Test
    void takesARelativeSchemaFileOfTheEnvironmentFromTheWorkingDirectoryAndHandsOnItsPath() throws IOException {
        Path file = schema("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}");
        Path relative = Path.of("").toAbsolutePath().relativize(file);

        assertThat(config(Map.of("EVENT_SCHEMA_FILE", relative.toString()))
                        .settings()
                        .environment())
                .containsEntry("EVENT_SCHEMA_FILE", file.toString());
    }

    @Test
    void namesTheFileAndThePlaceOfWhatASchemaMustNotHave() throws IOException {
        Path file = schema("{\"type\": \"object\", \"properties\": {\"a\": {\"oneOf\": []}}}");

        assertRefused(Map.of("EVENT_SCHEMA_FILE", file.toString()))
                .hasMessageStartingWith(
                        "EVENT_SCHEMA_FILE=" + file + " is not allowed: /properties/a/oneOf: not supported")
                .message()
                .hasLineCount(1);
        assertRefused(Map.of("EVENT_SCHEMA_FILE", "/nowhere.json"))
                .hasMessage("EVENT_SCHEMA_FILE=/nowhere.json is not allowed: there is no such file;"
                        + " a JSON Schema file is needed");
    }

    @Test
    void refusesASchemaWhoseEventsTheProducerCannotMakeUp() throws IOException {
        Path file =
                schema("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\", \"pattern\": \"x\"}}}");
        Map<String, String> environment = Map.of("EVENT_SCHEMA_FILE", file.toString());

        assertRefused(environment)
                .hasMessage(
                        "EVENT_SCHEMA_FILE=" + file + " is not allowed: /properties/a: a string with a pattern needs"
                                + " examples to be simulated: add \"examples\": [\"…\"];"
                                + " or leave out the producer: --without producer");
        assertThat(config(environment, "--without", "producer").settings().get(Settings.EVENT_SCHEMA_FILE))
                .isPresent();
    }

    @Test
    void runsTheCrashDemoWithTheBuiltInEvent() {
        LaunchConfig config = config(Map.of("EVENT_SCHEMA_FILE", "/nowhere.json"), "--crash-demo");

        assertThat(config.settings().environment()).doesNotContainKey("EVENT_SCHEMA_FILE");
    }

    @Test
    void prefersTheTopicOfTheOption() {
        assertThat(config(Map.of("KAFKA_TOPIC", "clicks"), "--topic", "orders")
                        .kafka()
                        .topic())
                .isEqualTo("orders");
        assertRefused(Map.of(), "--topic", "a b")
                .hasMessage("--topic=a b is not allowed: 1 to 249 of A-Z a-z 0-9 . _ -, other than . and ..");
        assertRefused(Map.of(), "--topic=").hasMessageContaining("--topic and --kafka need a value");
        assertRefused(Map.of(), "--crash-demo", "--topic", "orders").hasMessageEndingWith("leave out --topic");
    }

    /** {@code ./pipeline --infer-schema > FILE} empties the file first, which the setting may name already. */
    @Test
    void infersASchemaWhateverSchemaIsSet() throws IOException {
        Path file = schema("");

        LaunchConfig config =
                config(Map.of("EVENT_SCHEMA_FILE", file.toString()), "--infer-schema", "--topic", "orders");

        assertThat(config.inferSchema()).isTrue();
        assertThat(config.ownBroker()).isTrue();
        assertThat(config.kafka().topic()).isEqualTo("orders");
    }

    @Test
    void refusesInOneLineWhatDoesNotGoWithInferringASchema() {
        assertRefused(
                        Map.of(),
                        "--infer-schema",
                        "--kafka=k:1",
                        "--topic=t",
                        "--events=1",
                        "--without=job",
                        "--data=/mine",
                        "--build")
                .hasMessage("--infer-schema only reads a topic, and can be used with --kafka and --topic;"
                        + " leave out --events, --without, --data, --build");
        assertRefused(Map.of(), "--infer-schema", "--crash-demo").hasMessageEndingWith("leave out --infer-schema");
    }

    @Test
    void leavesOutWhatRunsElsewhere() {
        LaunchConfig config = config(Map.of(), "--without", "producer", "--without", "validator");

        assertThat(config.starts(Service.JOB)).isTrue();
        assertThat(config.starts(Service.PRODUCER)).isFalse();
        assertThat(config.ports()).containsOnlyKeys(Settings.KAFKA_PORT);
        assertRefused(Map.of(), "--without", "producer", "--events", "5")
                .hasMessageContaining("leave them out with --without producer");
    }

    @Test
    void takesTheOutputFolderOfTheEnvironment() {
        LaunchConfig config = config(Map.of("OUTPUT_DIR", "/somewhere/else"));

        assertThat(config.output().root()).isEqualTo(Path.of("/somewhere/else"));
    }

    @Test
    void takesARelativeOutputFolderOfDotEnvFromTheRepository() throws IOException {
        dotEnv("OUTPUT_DIR=./my/output");

        assertThat(config(Map.of()).output().root()).isEqualTo(root.resolve("my/output"));
    }

    @Test
    void prefersTheDataFolderOverTheOutputFolderOfTheEnvironmentAndSaysSo() {
        LaunchConfig config = config(Map.of("OUTPUT_DIR", "/somewhere/else"), "--data", "/mine");

        assertThat(config.output().root()).isEqualTo(Path.of("/mine/output"));
        assertThat(config.notes()).singleElement().asString().contains("OUTPUT_DIR=/somewhere/else is not used");
    }

    @Test
    void refusesToDeleteAnOutputFolderThatIsElsewhere() {
        assertRefused(Map.of("OUTPUT_DIR", "/somewhere/else"), "--fresh", "--yes")
                .hasMessageContaining("OUTPUT_DIR=/somewhere/else is elsewhere");
    }

    @Test
    void deletesTheDefaultOutputFolderAlsoWhenItIsNamed() {
        LaunchConfig config =
                config(Map.of("OUTPUT_DIR", root.resolve("data/local/output").toString()), "--fresh");

        assertThat(config.fresh()).isTrue();
        assertThat(config.assumeYes()).isFalse();
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        assertRefused(
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS", "nowhere",
                                "KAFKA_TOPIC", "a b",
                                "MSGS_PER_SEC", "0",
                                "EVENT_LIMIT", "none",
                                "RUN_ID", "a/b",
                                "OUTPUT_DIR", "s3://bucket/x",
                                "TRIGGER_INTERVAL", "soon",
                                "ON_DATA_LOSS", "cry",
                                "SPARK_MASTER", "yarn",
                                "KAFKA_PORT", "0"),
                        "--for",
                        "long")
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .containsExactly(
                                "KAFKA_BOOTSTRAP_SERVERS",
                                "KAFKA_TOPIC",
                                "MSGS_PER_SEC",
                                "EVENT_LIMIT",
                                "RUN_ID",
                                "OUTPUT_DIR",
                                "TRIGGER_INTERVAL",
                                "ON_DATA_LOSS",
                                "SPARK_MASTER",
                                "KAFKA_PORT",
                                "--for"));
    }

    @Test
    void namesPortsThatAreNone() {
        assertRefused(Map.of("PRODUCER_PORT", "x", "VALIDATOR_PORT", "70000"))
                .hasMessageContaining("PRODUCER_PORT=x")
                .hasMessageContaining("VALIDATOR_PORT=70000");
    }

    @Test
    void namesHostsThatAreNone() {
        assertRefused(Map.of("VALIDATOR_HOSTS", "http://validator"))
                .hasMessage("VALIDATOR_HOSTS=http://validator is not allowed:"
                        + " host names without a scheme, port or path: a,b");
    }

    @Test
    void namesTheOptionWhereThatIsWrong() {
        assertRefused(Map.of(), "--events", "-1", "--rate", "fast")
                .hasMessageContaining("--events=-1 is not allowed")
                .hasMessageContaining("--rate=fast is not allowed");
    }

    @Test
    void refusesOptionsWithoutAValue() {
        assertRefused(Map.of(), "--events=").hasMessageContaining("need a value");
    }

    @Test
    void refusesTwoWaysToEnd() {
        assertRefused(Map.of(), "--events", "1", "--for", "1s").hasMessageContaining("choose one");
    }

    @Test
    void refusesYesToNothing() {
        assertRefused(Map.of(), "--yes").hasMessage("--yes can only be used with --fresh");
    }

    @Test
    void showsCrashesWhenAsked() {
        assertThat(config(Map.of()).crashDemo()).isFalse();
        assertThat(config(Map.of(), "--crash-demo", "--data", "/mine").crashDemo())
                .isTrue();
    }

    @Test
    void refusesInOneLineWhatTheCrashDemoDecidesItself() {
        assertRefused(Map.of(), "--crash-demo", "--events", "1", "--for", "1s", "--rate", "9", "--fresh", "--yes")
                .hasMessage("--crash-demo uses its own events, rate, duration and folder; "
                        + "leave out --events, --for, --rate, --fresh, --yes");
        assertRefused(Map.of(), "--crash-demo", "--rate", "9").hasMessageEndingWith("leave out --rate");
        assertRefused(Map.of(), "--crash-demo", "--airflow").hasMessageEndingWith("leave out --airflow");
    }

    @Test
    void runsAirflowWhenAsked() {
        assertThat(config(Map.of()).airflow()).isFalse();
        assertThat(config(Map.of(), "--airflow").airflow()).isTrue();
    }

    @Test
    void givesAirflowAPortOfItsOwn() {
        assertThat(config(Map.of("AIRFLOW_PORT", "8083")).airflow()).isFalse();
        assertRefused(Map.of("AIRFLOW_PORT", "8083"), "--airflow")
                .hasMessageEndingWith("VALIDATOR_PORT=8083, AIRFLOW_PORT=8083: each component needs its own port");
    }

    @Test
    void refusesTwoPartsOnOnePort() {
        assertRefused(Map.of("PRODUCER_PORT", "8083"))
                .hasMessage(
                        "KAFKA_PORT=9094, PRODUCER_PORT=8083, VALIDATOR_PORT=8083: each component needs its own port");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            Map<String, String> environment, String... options) {
        return assertThatThrownBy(() -> config(environment, options)).isInstanceOf(UsageException.class);
    }

    private LaunchConfig config(Map<String, String> environment, String... options) {
        LaunchOptions parsed = new LaunchOptions();
        new CommandLine(new Command(parsed))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(options);
        return LaunchConfig.of(parsed, root, environment);
    }

    @CommandLine.Command
    private record Command(@CommandLine.Mixin LaunchOptions options) {}

    private Path schema(String text) throws IOException {
        return Files.writeString(root.resolve("my.schema.json"), text);
    }

    private void dotEnv(String text) throws IOException {
        Files.writeString(root.resolve(".env"), text);
    }
}
