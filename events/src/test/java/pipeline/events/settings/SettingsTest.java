package pipeline.events.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.schema.Field;
import pipeline.events.settings.Settings.OnDataLoss;

class SettingsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void unsetAndEmptyMeanTheDefault(String value) {
        Function<String, Settings> settings = name -> value == null ? with() : with(name, value);

        assertThat(settings.apply("KAFKA_BOOTSTRAP_SERVERS").get(Settings.KAFKA_BOOTSTRAP_SERVERS))
                .isEqualTo("localhost:9094");
        assertThat(settings.apply("KAFKA_BOOTSTRAP_SERVERS").ifSet(Settings.KAFKA_BOOTSTRAP_SERVERS))
                .isEmpty();
        assertThat(settings.apply("KAFKA_TOPIC").get(Settings.KAFKA_TOPIC)).isEqualTo("events");
        assertThat(settings.apply("MSGS_PER_SEC").get(Settings.MSGS_PER_SEC)).isEqualTo(OptionalDouble.of(5));
        assertThat(settings.apply("EVENT_LIMIT").get(Settings.EVENT_LIMIT)).isEmpty();
        assertThat(settings.apply("RUN_ID").get(Settings.RUN_ID)).isEqualTo("1");
        assertThat(settings.apply("OUTPUT_DIR").get(Settings.OUTPUT_DIR))
                .isEqualTo(Path.of("data/output").toAbsolutePath());
        assertThat(settings.apply("TRIGGER_INTERVAL").get(Settings.TRIGGER_INTERVAL))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.apply("ON_DATA_LOSS").get(Settings.ON_DATA_LOSS)).isEqualTo(OnDataLoss.STOP);
        assertThat(settings.apply("SPARK_MASTER").get(Settings.SPARK_MASTER)).isEqualTo("local[*]");
        assertThat(settings.apply("KAFKA_PORT").get(Settings.KAFKA_PORT)).isEqualTo(9094);
        assertThat(settings.apply("PRODUCER_PORT").get(Settings.PRODUCER_PORT)).isEqualTo(8084);
        assertThat(settings.apply("VALIDATOR_PORT").get(Settings.VALIDATOR_PORT))
                .isEqualTo(8083);
        assertThat(settings.apply("AIRFLOW_PORT").get(Settings.AIRFLOW_PORT)).isEqualTo(8082);
        assertThat(settings.apply("VALIDATOR_HOSTS").get(Settings.VALIDATOR_HOSTS))
                .isEmpty();
    }

    @Test
    void givesEachValueAsWrittenOrElseTheDefault() {
        Settings settings = new Settings(Map.of("MSGS_PER_SEC", "1e3", "KAFKA_TOPIC", ""));

        assertThat(settings.text(Settings.MSGS_PER_SEC)).isEqualTo("1e3");
        assertThat(settings.text(Settings.KAFKA_TOPIC)).isEqualTo("events");
        assertThat(settings.text(Settings.EVENT_LIMIT)).isEmpty();
    }

    @Test
    void namesEveryValueThatAComponentMayNotHaveAtItsStart() {
        Settings settings = new Settings(Map.of("MSGS_PER_SEC", "0", "EVENT_LIMIT", "none", "RUN_ID", "a/b"));

        assertThatThrownBy(() -> settings.check(Component.PRODUCER))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        """
                        MSGS_PER_SEC=0 is not allowed: a number above 0 and up to 1000000, or max
                        EVENT_LIMIT=none is not allowed: a whole number from 1""");
        assertThatCode(() -> settings.check(Component.VALIDATOR)).doesNotThrowAnyException();
    }

    @Test
    void allowsEveryDefault() {
        for (Setting<?> setting : Settings.all()) {
            assertThatCode(() -> with().get(setting)).as(setting.name()).doesNotThrowAnyException();
        }
    }

    @Test
    void readsTheSchemaOfEvents(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("orders.schema.json");
        assertThat(with().get(Settings.EVENT_SCHEMA_FILE)).isEmpty();
        assertThatThrownBy(() -> with("EVENT_SCHEMA_FILE", file.toString()).get(Settings.EVENT_SCHEMA_FILE))
                .hasMessage("EVENT_SCHEMA_FILE=" + file
                        + " is not allowed: there is no such file; a JSON Schema file is needed");
        Files.writeString(file, "{\"type\": \"object\", \"properties\": {\"a\": {\"oneOf\": []}}}");
        assertThatThrownBy(() -> with("EVENT_SCHEMA_FILE", file.toString()).get(Settings.EVENT_SCHEMA_FILE))
                .hasMessageStartingWith(
                        "EVENT_SCHEMA_FILE=" + file + " is not allowed: /properties/a/oneOf: not supported");
        Files.writeString(file, "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}}}");
        assertThat(with("EVENT_SCHEMA_FILE", file.toString())
                        .get(Settings.EVENT_SCHEMA_FILE)
                        .orElseThrow()
                        .columns())
                .extracting(Field::name)
                .containsExactly("a");
    }

    @Test
    void declaresEachNameOnce() {
        assertThat(Settings.all()).extracting(Setting::name).doesNotHaveDuplicates();
    }

    @Test
    void aSystemPropertyOverridesTheEnvironment() {
        System.setProperty("RUN_ID", "from-property");
        try {
            assertThat(Settings.ofProcess().get(Settings.RUN_ID)).isEqualTo("from-property");
        } finally {
            System.clearProperty("RUN_ID");
        }
    }

    @Test
    void givesAComponentWhatItReadsAndNothingElse() {
        Map<String, String> source = Map.of("RUN_ID", "2", "MSGS_PER_SEC", "9", "PATH", "/bin");

        Settings settings = Settings.of(Component.JOB, name -> Optional.ofNullable(source.get(name)));

        assertThat(settings.environment()).isEqualTo(Map.of("RUN_ID", "2"));
    }

    @Test
    void readsTheEnvironmentOfTheProcess() {
        assertThat(Settings.fromEnvironment().environment()).isEqualTo(System.getenv());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kafka:9092", "a:1,b:65535", "10.0.0.1:9092", "kafka-0.kafka.svc:9092,kafka-1.kafka.svc:9092"})
    void readsBootstrapServers(String value) {
        assertThat(with("KAFKA_BOOTSTRAP_SERVERS", value).get(Settings.KAFKA_BOOTSTRAP_SERVERS))
                .isEqualTo(value);
        assertThat(with("KAFKA_BOOTSTRAP_SERVERS", value).ifSet(Settings.KAFKA_BOOTSTRAP_SERVERS))
                .contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka",
                "kafka:",
                ":9092",
                "kafka:x",
                "kafka:0",
                "kafka:65536",
                "kafka:99999",
                "kafka:123456",
                "kafka:-1",
                "http://kafka:9092",
                "kafka:9092,",
                ",kafka:9092",
                "a:1,,b:2",
                "a:1 b:2",
                "a:1, b:2",
                " ",
                "kafka:9092/"
            })
    void refusesOtherBootstrapServers(String value) {
        assertRefused(
                "KAFKA_BOOTSTRAP_SERVERS",
                value,
                settings -> settings.get(Settings.KAFKA_BOOTSTRAP_SERVERS),
                "host:port[,…]");
        assertRefused(
                "KAFKA_BOOTSTRAP_SERVERS",
                value,
                settings -> settings.ifSet(Settings.KAFKA_BOOTSTRAP_SERVERS),
                "host:port[,…]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "a", "...", ".a", "A.b_c-9"})
    void readsTopic(String value) {
        assertThat(with("KAFKA_TOPIC", value).get(Settings.KAFKA_TOPIC)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", " ", "a b", "a/b", "a:b", "é", "a,b", "events\n", "*"})
    void refusesOtherTopics(String value) {
        String allowed = "1 to 249 of A-Z a-z 0-9 . _ -, other than . and ..";

        assertRefused("KAFKA_TOPIC", value, settings -> settings.get(Settings.KAFKA_TOPIC), allowed);
    }

    @Test
    void boundsTheLengthOfNames() {
        assertThat(with("KAFKA_TOPIC", "a".repeat(249)).get(Settings.KAFKA_TOPIC))
                .hasSize(249);
        assertThatThrownBy(() -> with("KAFKA_TOPIC", "a".repeat(250)).get(Settings.KAFKA_TOPIC))
                .isInstanceOf(InvalidSettingException.class);
        assertThat(with("RUN_ID", "a".repeat(64)).get(Settings.RUN_ID)).hasSize(64);
        assertThatThrownBy(() -> with("RUN_ID", "a".repeat(65)).get(Settings.RUN_ID))
                .isInstanceOf(InvalidSettingException.class);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "0.5, 0.5", "1000000, 1000000", "1e3, 1000", "0.001, 0.001"})
    void readsRate(String value, double rate) {
        assertThat(with("MSGS_PER_SEC", value).get(Settings.MSGS_PER_SEC)).isEqualTo(OptionalDouble.of(rate));
    }

    @Test
    void readsUnlimitedRate() {
        assertThat(with("MSGS_PER_SEC", "max").get(Settings.MSGS_PER_SEC)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "-0.0",
                "1000001",
                "1e7",
                "NaN",
                "Infinity",
                "-Infinity",
                "fast",
                "MAX",
                "max ",
                "5/s",
                "5 ",
                " 5",
                "5d",
                "5f",
                "0x1p3",
                "1,000",
                "1_000",
                "5\n",
                "--5",
                "e"
            })
    void refusesOtherRates(String value) {
        assertRefused(
                "MSGS_PER_SEC",
                value,
                settings -> settings.get(Settings.MSGS_PER_SEC),
                "a number above 0 and up to 1000000, or max");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100000, 100000", "9223372036854775807, 9223372036854775807"})
    void readsEventLimit(String value, long limit) {
        assertThat(with("EVENT_LIMIT", value).get(Settings.EVENT_LIMIT)).isEqualTo(OptionalLong.of(limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1e3", "9223372036854775808", "none", " 1", "1 ", "0x10", "1L"})
    void refusesOtherEventLimits(String value) {
        assertRefused("EVENT_LIMIT", value, settings -> settings.get(Settings.EVENT_LIMIT), "a whole number from 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2026-11-22_a", "_", "-", "A"})
    void readsRunId(String value) {
        assertThat(with("RUN_ID", value).get(Settings.RUN_ID)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a/b", "..", "../x", "a.b", "é", "a=b", "1\n", "*"})
    void refusesOtherRunIds(String value) {
        assertRefused("RUN_ID", value, settings -> settings.get(Settings.RUN_ID), "1 to 64 of A-Z a-z 0-9 _ -");
    }

    @ParameterizedTest
    @CsvSource({
        "/opt/spark-output, /opt/spark-output",
        "/a/../b/./c,       /b/c",
        "/a b/é,            /a b/é",
        "/a:b/c,            /a:b/c",
        "file:///a/b,       /a/b",
        "file:/a/b,         /a/b",
        "FILE:///a,         /a",
        "file:///a%20b,     /a b"
    })
    void readsOutputDir(String value, Path folder) {
        assertThat(with("OUTPUT_DIR", value).get(Settings.OUTPUT_DIR)).isEqualTo(folder);
    }

    @Test
    void outputDirIsAbsolute() {
        assertThat(with("OUTPUT_DIR", "./x/../out").get(Settings.OUTPUT_DIR))
                .isEqualTo(Path.of("out").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a://bucket/out", "hdfs://namenode/out", "http://x/", "s3a:x", "s3a://bucket\n/out"})
    void refusesOtherSchemesOfOutputDir(String value) {
        assertRefused(
                "OUTPUT_DIR",
                value,
                settings -> settings.get(Settings.OUTPUT_DIR),
                "a folder on this machine, as a path or as file:///path; other schemes are not supported yet");
    }

    @ParameterizedTest
    @CsvSource({
        "file://host/a, 'not a path (URI has an authority component)'",
        "file:a,        'not a path (URI is not hierarchical)'",
        "file:///a?b,   'not a path (URI has a query component)'",
        "file:///a b,   'not a path (Illegal character in path at index 9: file:///a b)'"
    })
    void refusesFileUrisThatAreNotPaths(String value, String allowed) {
        assertRefused("OUTPUT_DIR", value, settings -> settings.get(Settings.OUTPUT_DIR), allowed);
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "500ms, 500", "10s, 10000", "5m, 300000", "1h, 3600000", "24h, 86400000", "1440m, 86400000"})
    void readsTriggerInterval(String value, long millis) {
        assertThat(with("TRIGGER_INTERVAL", value).get(Settings.TRIGGER_INTERVAL))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0s",
                "0ms",
                "-1s",
                "10",
                "s",
                "1.5s",
                "10 s",
                "10sec",
                "10S",
                "1d",
                "PT10S",
                "25h",
                "86400001ms",
                "999999999h",
                "9999999999s",
                " ",
                "10s\n"
            })
    void refusesOtherTriggerIntervals(String value) {
        assertRefused(
                "TRIGGER_INTERVAL",
                value,
                settings -> settings.get(Settings.TRIGGER_INTERVAL),
                "a whole number above 0 with ms, s, m or h, up to 24h, such as 500ms or 10s");
    }

    @Test
    void readsDurationsOfAnyLength() {
        assertThat(Settings.duration("999999999h")).contains(Duration.ofHours(999_999_999));
        assertThat(Settings.duration("")).isEqualTo(Optional.empty());
    }

    @Test
    void readsOnDataLoss() {
        assertThat(with("ON_DATA_LOSS", "stop").get(Settings.ON_DATA_LOSS)).isEqualTo(OnDataLoss.STOP);
        assertThat(with("ON_DATA_LOSS", "record").get(Settings.ON_DATA_LOSS)).isEqualTo(OnDataLoss.RECORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "Record", "ignore", "true", "stop ", " "})
    void refusesOtherOnDataLoss(String value) {
        assertRefused("ON_DATA_LOSS", value, settings -> settings.get(Settings.ON_DATA_LOSS), "stop or record");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"local", "local[1]", "local[16]", "local[*]", "spark://master:7077", "spark://a:7077,b:7077"})
    void readsSparkMaster(String value) {
        assertThat(with("SPARK_MASTER", value).get(Settings.SPARK_MASTER)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local[0]",
                "local[]",
                "local[x]",
                "local[-1]",
                "yarn",
                "spark://",
                "spark://master",
                "master:7077",
                " "
            })
    void refusesOtherSparkMasters(String value) {
        String allowed = "local, local[N], local[*] or spark://host:port";

        assertRefused("SPARK_MASTER", value, settings -> settings.get(Settings.SPARK_MASTER), allowed);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9094, 9094", "65535, 65535"})
    void readsPorts(String value, int port) {
        assertThat(with("KAFKA_PORT", value).get(Settings.KAFKA_PORT)).isEqualTo(port);
        assertThat(with("PRODUCER_PORT", value).get(Settings.PRODUCER_PORT)).isEqualTo(port);
        assertThat(with("VALIDATOR_PORT", value).get(Settings.VALIDATOR_PORT)).isEqualTo(port);
        assertThat(with("AIRFLOW_PORT", value).get(Settings.AIRFLOW_PORT)).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "9223372036854775808", "http", "80.0", " 80", "80 ", "127.0.0.1:80"})
    void refusesOtherPorts(String value) {
        String allowed = "a whole number from 1 to 65535";

        assertRefused("KAFKA_PORT", value, settings -> settings.get(Settings.KAFKA_PORT), allowed);
        assertRefused("PRODUCER_PORT", value, settings -> settings.get(Settings.PRODUCER_PORT), allowed);
        assertRefused("VALIDATOR_PORT", value, settings -> settings.get(Settings.VALIDATOR_PORT), allowed);
        assertRefused("AIRFLOW_PORT", value, settings -> settings.get(Settings.AIRFLOW_PORT), allowed);
    }

    @ParameterizedTest
    @CsvSource({"validator, validator", "'validator,', validator", "'a_b.example , C-1', 'a_b.example,C-1'"})
    void readsHostNames(String value, String names) {
        assertThat(with("VALIDATOR_HOSTS", value).get(Settings.VALIDATOR_HOSTS)).containsExactly(names.split(","));
        assertThat(with("PRODUCER_HOSTS", value).get(Settings.PRODUCER_HOSTS)).containsExactly(names.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"validator:8083", "http://validator", "validator/", "*", "a b", "a;b", "größe.example"})
    void refusesHostNamesThatNoRequestHas(String value) {
        String allowed = "host names without a scheme, port or path: a,b";

        assertRefused("VALIDATOR_HOSTS", value, settings -> settings.get(Settings.VALIDATOR_HOSTS), allowed);
    }

    private static Settings with() {
        return new Settings(Map.of());
    }

    private static Settings with(String name, String value) {
        return new Settings(Map.of(name, value));
    }

    private static void assertRefused(String name, String value, Function<Settings, ?> setting, String allowed) {
        String shown = value.replace("\n", "\\n");
        assertThatThrownBy(() -> setting.apply(with(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(name + "=" + shown + " is not allowed: " + allowed)
                .message()
                .hasLineCount(1);
    }
}
