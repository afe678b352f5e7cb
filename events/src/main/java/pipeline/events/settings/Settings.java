package pipeline.events.settings;

import static pipeline.events.settings.Component.AIRFLOW;
import static pipeline.events.settings.Component.BROKER;
import static pipeline.events.settings.Component.CONTAINERS;
import static pipeline.events.settings.Component.JOB;
import static pipeline.events.settings.Component.PRODUCER;
import static pipeline.events.settings.Component.VALIDATOR;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import pipeline.events.schema.EventSchema;

/**
 * The declarations of all settings, and their values in an environment. An unset or empty variable means the default.
 *
 * <p>The table in README.md, {@code .env}, the Compose files and the help of {@code ./pipeline} repeat what is declared here;
 * {@code SettingsFilesTest} compares them.
 */
public record Settings(Map<String, String> environment) {
    /** In the order of declaration. */
    private static final List<Setting<?>> DECLARED = new ArrayList<>();

    public static final Setting<String> KAFKA_BOOTSTRAP_SERVERS = declare(
            "KAFKA_BOOTSTRAP_SERVERS",
            "localhost:9094",
            Readers.matching(Readers.BOOTSTRAP_SERVERS),
            "host:port[,…]",
            "the brokers; if it is set, ./pipeline starts none of its own",
            PRODUCER,
            JOB,
            VALIDATOR);

    public static final Setting<KafkaClientConfig> KAFKA_CONFIG_FILE = declare(
            "KAFKA_CONFIG_FILE",
            "",
            KafkaClientConfig::read,
            "a properties file with Kafka client settings",
            "a file with Kafka client settings, such as TLS and SASL: docs/kafka.md",
            PRODUCER,
            JOB,
            VALIDATOR);

    /** Empty for the built-in event. */
    public static final Setting<Optional<EventSchema>> EVENT_SCHEMA_FILE = declare(
            "EVENT_SCHEMA_FILE",
            "",
            Readers::schema,
            "a JSON Schema file",
            "a JSON Schema file with the shape of the events, if they are not the built-in ones: docs/events.md",
            PRODUCER,
            JOB);

    public static final Setting<String> KAFKA_TOPIC = declare(
            "KAFKA_TOPIC",
            "events",
            Readers.matching(Readers.TOPIC),
            "1 to 249 of A-Z a-z 0-9 . _ -, other than . and ..",
            "the topic to write to and to read from",
            PRODUCER,
            JOB,
            VALIDATOR);

    /** Empty means {@code max}, as fast as Kafka takes the events. */
    public static final Setting<OptionalDouble> MSGS_PER_SEC = declare(
            "MSGS_PER_SEC",
            "5",
            Readers::rate,
            "a number above 0 and up to 1000000, or max",
            "events per second; max sends as fast as the channel allows",
            PRODUCER);

    /** Empty means no limit. */
    public static final Setting<OptionalLong> EVENT_LIMIT = declare(
            "EVENT_LIMIT",
            "",
            Readers::limit,
            "a whole number from 1",
            "the producer sends this many events, then exits; its container is not restarted then",
            PRODUCER);

    public static final Setting<String> RUN_ID = declare(
            "RUN_ID",
            "1",
            Readers.matching(Readers.RUN),
            "1 to 64 of A-Z a-z 0-9 _ -",
            "names the run's folder; keep it over restarts; a new one starts with an empty ledger",
            JOB);

    /** An absolute path. */
    public static final Setting<Path> OUTPUT_DIR = declare(
            "OUTPUT_DIR",
            "data/output",
            Readers::folder,
            "a folder on this machine, as a path or as file:///path; other schemes are not supported yet",
            "where Parquet, ledger and rejected events go; ./pipeline: data/local/output",
            JOB,
            VALIDATOR);

    /** An absolute path; empty for a run that is a tree of files. */
    public static final Setting<Optional<Path>> ICEBERG_CONFIG_FILE = declare(
            "ICEBERG_CONFIG_FILE",
            "",
            Readers::file,
            "a properties file with the properties of Iceberg's catalog",
            "a file with the properties of Iceberg's catalog, for a run that is a table",
            JOB);

    public static final Setting<String> ICEBERG_NAMESPACE = declare(
            "ICEBERG_NAMESPACE",
            "pipeline",
            Readers.matching(Readers.RUN),
            "1 to 64 of A-Z a-z 0-9 _ -",
            "the namespace of the run's tables",
            JOB);

    /** Not for users yet, since only the job reads them. */
    private static final List<Setting<?>> HIDDEN = List.of(ICEBERG_CONFIG_FILE, ICEBERG_NAMESPACE);

    public static final Setting<Duration> TRIGGER_INTERVAL = declare(
            "TRIGGER_INTERVAL",
            "10s",
            Readers::interval,
            "a whole number above 0 with ms, s, m or h, up to 24h, such as 500ms or 10s",
            "time between batches (500ms, 10s, 5m); a batch starts early once 500,000 events or about 512 MiB are waiting",
            JOB);

    public static final Setting<OnDataLoss> ON_DATA_LOSS = declare(
            "ON_DATA_LOSS",
            "stop",
            Readers::onDataLoss,
            "stop or record",
            "if Kafka deleted events before they were read: stop, or record the gap in the ledger and continue",
            JOB);

    public static final Setting<String> SPARK_MASTER = declare(
            "SPARK_MASTER",
            "local[*]",
            Readers.matching(Readers.MASTER),
            "local, local[N], local[*] or spark://host:port",
            "the Spark master that the job runs on",
            JOB);

    public static final Setting<Integer> KAFKA_PORT =
            declarePort("KAFKA_PORT", "9094", "the broker's port on this machine", BROKER);

    public static final Setting<Integer> PRODUCER_PORT =
            declarePort("PRODUCER_PORT", "8084", "the producer's port on this machine", PRODUCER);

    public static final Setting<Integer> VALIDATOR_PORT =
            declarePort("VALIDATOR_PORT", "8083", "the validator's port on this machine", VALIDATOR);

    public static final Setting<Integer> AIRFLOW_PORT =
            declarePort("AIRFLOW_PORT", "8082", "Airflow's port on this machine", AIRFLOW);

    public static final Setting<List<String>> VALIDATOR_HOSTS = declareHosts("VALIDATOR_HOSTS", VALIDATOR);
    public static final Setting<List<String>> PRODUCER_HOSTS = declareHosts("PRODUCER_HOSTS", PRODUCER);

    static {
        declareForContainers("SPARK_MASTER_UI_PORT", "8080", "the port of the Spark master's page");
        declareForContainers(
                "SPARK_WORKER_UI_PORT", "8081", "the port of a worker's page; for several workers a range, 8085-8089");
        declareForContainers("SPARK_APP_UI_PORT", "4040", "the port of the job's page");
        declareForContainers("SPARK_WORKER_CORES", "2", "how many tasks a worker runs at once");
        declareForContainers("DATA_UID", "1000", "the user who owns data/output");
        declareForContainers("DATA_GID", "1000", "the group that owns data/output");
    }

    /** What to do about offsets that Kafka no longer has. */
    public enum OnDataLoss {
        STOP,
        RECORD
    }

    private static <T> Setting<T> declare(
            String name,
            String defaultText,
            Function<String, Optional<T>> reader,
            String allowed,
            String meaning,
            Component... readBy) {
        Setting<T> setting = new Setting<>(name, defaultText, reader, allowed, meaning, Set.of(readBy));
        DECLARED.add(setting);
        return setting;
    }

    private static Setting<Integer> declarePort(String name, String defaultText, String meaning, Component user) {
        return declare(name, defaultText, Readers::port, "a whole number from 1 to 65535", meaning, user);
    }

    private static Setting<List<String>> declareHosts(String name, Component server) {
        return declare(
                name,
                "",
                Readers::hosts,
                "host names without a scheme, port or path: a,b",
                "names, besides localhost and addresses, under which browsers and programs may reach " + server
                        + ": a,b",
                server);
    }

    /** Compose itself checks the value. */
    private static void declareForContainers(String name, String defaultText, String meaning) {
        declare(name, defaultText, Optional::of, "any text", "containers only: " + meaning, CONTAINERS);
    }

    /** Returns all settings that documents name. */
    public static List<Setting<?>> all() {
        return DECLARED.stream().filter(setting -> !HIDDEN.contains(setting)).toList();
    }

    /** Returns the settings among {@link #all} that at least one of the components reads. */
    public static List<Setting<?>> readBy(Collection<Component> components) {
        return declaredFor(components)
                .filter(setting -> !HIDDEN.contains(setting))
                .toList();
    }

    private static Stream<Setting<?>> declaredFor(Collection<Component> components) {
        return DECLARED.stream().filter(setting -> !Collections.disjoint(setting.readBy(), components));
    }

    public static Settings fromEnvironment() {
        return new Settings(System.getenv());
    }

    /** Returns the settings of this process: environment variables, unless a system property overrides them. */
    public static Settings ofProcess() {
        Map<String, String> values = new HashMap<>(System.getenv());
        DECLARED.forEach(setting -> values.compute(setting.name(), (name, value) -> System.getProperty(name, value)));
        return new Settings(values);
    }

    /** Returns the settings that a component reads. The source returns the value of a setting by its name. */
    public static Settings of(Component component, Function<String, Optional<String>> source) {
        Map<String, String> values = new HashMap<>();
        declaredFor(Set.of(component))
                .forEach(setting -> source.apply(setting.name()).ifPresent(value -> values.put(setting.name(), value)));
        return new Settings(values);
    }

    /** @throws InvalidSettingException if the value is not allowed */
    public <T> T get(Setting<T> setting) {
        return setting.read(text(setting));
    }

    /**
     * As {@link #get}, but empty instead of the default, for a component that can work without the setting.
     *
     * @throws InvalidSettingException if the value is not allowed
     */
    public <T> Optional<T> ifSet(Setting<T> setting) {
        return isSet(setting) ? Optional.of(get(setting)) : Optional.empty();
    }

    /** Returns the value as written, or the default if it is unset; without checking it. */
    public String text(Setting<?> setting) {
        return isSet(setting) ? environment.get(setting.name()) : setting.defaultText();
    }

    public boolean isSet(Setting<?> setting) {
        return !environment.getOrDefault(setting.name(), "").isEmpty();
    }

    /**
     * Reads every setting of a component, as its start does first.
     *
     * @throws InvalidSettingException with a line for each value that is not allowed
     */
    public void check(Component component) {
        List<InvalidSettingException> problems =
                new ArrayList<>(problems(Set.of(component)).values());
        if (!problems.isEmpty()) {
            throw new InvalidSettingException(problems);
        }
    }

    /** Returns what is wrong with the settings of some components. */
    public Map<Setting<?>, InvalidSettingException> problems(Collection<Component> components) {
        Map<Setting<?>, InvalidSettingException> problems = new LinkedHashMap<>();
        for (Setting<?> setting : declaredFor(components).toList()) {
            try {
                get(setting);
            } catch (InvalidSettingException e) {
                problems.put(setting, e);
            }
        }
        return problems;
    }

    /** Parses a duration such as {@code 500ms}, {@code 10s}, {@code 5m} or {@code 1h}; empty if the text is not one. */
    public static Optional<Duration> duration(String text) {
        return Readers.duration(text);
    }
}
