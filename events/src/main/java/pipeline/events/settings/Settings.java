package pipeline.events.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of all components: the name, default and allowed values of each. They come from the environment, where an
 * unset or empty variable means the default. Every typed method throws {@link InvalidSettingException} if the value is not
 * allowed.
 */
public record Settings(Map<String, String> environment) {
    public static final String KAFKA_BOOTSTRAP_SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    public static final String KAFKA_TOPIC = "KAFKA_TOPIC";
    /** Read by {@code pipeline.events.kafka.KafkaClientConfig}. */
    public static final String KAFKA_CONFIG_FILE = "KAFKA_CONFIG_FILE";

    public static final String MSGS_PER_SEC = "MSGS_PER_SEC";
    public static final String EVENT_LIMIT = "EVENT_LIMIT";
    public static final String RUN_ID = "RUN_ID";
    public static final String OUTPUT_DIR = "OUTPUT_DIR";
    public static final String TRIGGER_INTERVAL = "TRIGGER_INTERVAL";
    public static final String ON_DATA_LOSS = "ON_DATA_LOSS";
    public static final String SPARK_MASTER = "SPARK_MASTER";
    public static final String KAFKA_PORT = "KAFKA_PORT";
    public static final String PRODUCER_PORT = "PRODUCER_PORT";
    public static final String VALIDATOR_PORT = "VALIDATOR_PORT";
    public static final String AIRFLOW_PORT = "AIRFLOW_PORT";
    public static final String PRODUCER_HOSTS = "PRODUCER_HOSTS";
    public static final String VALIDATOR_HOSTS = "VALIDATOR_HOSTS";

    private static final String QUARKUS_HTTP_PORT = "QUARKUS_HTTP_PORT";

    public static final int DEFAULT_KAFKA_PORT = 9094;
    public static final int DEFAULT_VALIDATOR_PORT = 8083;
    public static final int DEFAULT_PRODUCER_PORT = 8084;
    public static final int DEFAULT_AIRFLOW_PORT = 8082;

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry(KAFKA_BOOTSTRAP_SERVERS, "localhost:" + DEFAULT_KAFKA_PORT),
            Map.entry(KAFKA_TOPIC, "events"),
            Map.entry(MSGS_PER_SEC, "5"),
            Map.entry(RUN_ID, "1"),
            Map.entry(OUTPUT_DIR, "data/output"),
            Map.entry(TRIGGER_INTERVAL, "10s"),
            Map.entry(ON_DATA_LOSS, "stop"),
            Map.entry(SPARK_MASTER, "local[*]"),
            Map.entry(KAFKA_PORT, Integer.toString(DEFAULT_KAFKA_PORT)),
            Map.entry(PRODUCER_PORT, Integer.toString(DEFAULT_PRODUCER_PORT)),
            Map.entry(VALIDATOR_PORT, Integer.toString(DEFAULT_VALIDATOR_PORT)),
            Map.entry(AIRFLOW_PORT, Integer.toString(DEFAULT_AIRFLOW_PORT)));

    private static final String PORT = "([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";
    /** An IPv6 address is in brackets. */
    private static final String SERVER = "(\\[[0-9A-Fa-f:.]+(%[\\w.-]+)?]|[^\\s,:/\\[\\]]+):" + PORT;

    private static final Pattern BOOTSTRAP_SERVERS = Pattern.compile(SERVER + "(," + SERVER + ")*");
    /** Kafka's own rule, see {@code org.apache.kafka.common.internals.Topic}. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /** Other scripts are in the ASCII form, which browsers send. An item may be empty: Compose sets {@code validator,}. */
    private static final Pattern HOSTS = Pattern.compile("( *[A-Za-z0-9_.-]* *,)* *[A-Za-z0-9_.-]* *");

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    /** Excludes what Java parses as well: 5d, 5f and 0x1p3. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9.eE+-]+");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);
    private static final Pattern MASTER = Pattern.compile("local(\\[(\\*|[1-9]\\d*)])?|spark://\\S+:\\d+(,\\S+:\\d+)*");

    /** What to do about offsets that Kafka no longer has. */
    public enum OnDataLoss {
        STOP,
        RECORD
    }

    public static Settings fromEnvironment() {
        return new Settings(System.getenv());
    }

    public String kafkaBootstrapServers() {
        return matching(KAFKA_BOOTSTRAP_SERVERS, BOOTSTRAP_SERVERS, "host:port[,…]");
    }

    /** Returns the brokers for a component that can work without Kafka. */
    public Optional<String> optionalKafkaBootstrapServers() {
        return isSet(KAFKA_BOOTSTRAP_SERVERS) ? Optional.of(kafkaBootstrapServers()) : Optional.empty();
    }

    public String kafkaTopic() {
        return matching(KAFKA_TOPIC, TOPIC, "1 to 249 of A-Z a-z 0-9 . _ -, other than . and ..");
    }

    /** Returns the events to send per second; empty means {@code max}, as fast as Kafka takes them. */
    public OptionalDouble msgsPerSec() {
        String value = text(MSGS_PER_SEC);
        if (value.equals("max")) {
            return OptionalDouble.empty();
        }
        try {
            double rate = Double.parseDouble(value);
            if (DECIMAL.matcher(value).matches() && rate > 0 && rate <= 1_000_000) {
                return OptionalDouble.of(rate);
            }
        } catch (NumberFormatException e) {
            // The message below covers this case too.
        }
        throw new InvalidSettingException(MSGS_PER_SEC, value, "a number above 0 and up to 1000000, or max");
    }

    /** Returns how many events to send before the producer stops; empty means no limit. */
    public OptionalLong eventLimit() {
        return isSet(EVENT_LIMIT) ? OptionalLong.of(wholeNumber(EVENT_LIMIT, Long.MAX_VALUE)) : OptionalLong.empty();
    }

    public String runId() {
        return matching(RUN_ID, RUN, "1 to 64 of A-Z a-z 0-9 _ -");
    }

    /** Returns the folder as an absolute path. */
    public Path outputDir() {
        String value = text(OUTPUT_DIR);
        Matcher scheme = SCHEME.matcher(value);
        try {
            if (!scheme.matches()) {
                return Path.of(value).toAbsolutePath().normalize();
            }
            if (scheme.group(1).equalsIgnoreCase("file")) {
                return Path.of(URI.create(value)).toAbsolutePath().normalize();
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(OUTPUT_DIR, value, "not a path (" + e.getMessage() + ")");
        }
        throw new InvalidSettingException(
                OUTPUT_DIR,
                value,
                "a folder on this machine, as a path or as file:///path; other schemes are not supported yet");
    }

    public Duration triggerInterval() {
        String value = text(TRIGGER_INTERVAL);
        return duration(value)
                .filter(interval -> interval.compareTo(Duration.ofHours(24)) <= 0)
                .orElseThrow(() -> new InvalidSettingException(
                        TRIGGER_INTERVAL,
                        value,
                        "a whole number above 0 with ms, s, m or h, up to 24h, such as 500ms or 10s"));
    }

    /** Parses a duration such as {@code 500ms}, {@code 10s}, {@code 5m} or {@code 1h}; empty if the text is not one. */
    public static Optional<Duration> duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Duration duration = Duration.of(Long.parseLong(parts.group(1)), UNITS.get(parts.group(2)));
        return Optional.of(duration).filter(positive -> !positive.isZero());
    }

    public OnDataLoss onDataLoss() {
        String value = text(ON_DATA_LOSS);
        return switch (value) {
            case "stop" -> OnDataLoss.STOP;
            case "record" -> OnDataLoss.RECORD;
            default -> throw new InvalidSettingException(ON_DATA_LOSS, value, "stop or record");
        };
    }

    public String sparkMaster() {
        return matching(SPARK_MASTER, MASTER, "local, local[N], local[*] or spark://host:port");
    }

    public int kafkaPort() {
        return port(KAFKA_PORT);
    }

    public int producerPort() {
        return port(PRODUCER_PORT);
    }

    public int validatorPort() {
        return port(VALIDATOR_PORT);
    }

    public int airflowPort() {
        return port(AIRFLOW_PORT);
    }

    /** Returns the names of a service besides localhost; {@code name} is {@link #VALIDATOR_HOSTS} or {@link #PRODUCER_HOSTS}. */
    public List<String> hosts(String name) {
        return Pattern.compile(",")
                .splitAsStream(matching(name, HOSTS, "host names without a scheme, port or path: a,b"))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
    }

    /** Returns the name of the variable that sets a service's port: Quarkus' own one comes before {@code name}. */
    public String portVariable(String name) {
        return isSet(QUARKUS_HTTP_PORT) ? QUARKUS_HTTP_PORT : name;
    }

    public int port(String name) {
        return (int) wholeNumber(name, 65535);
    }

    private long wholeNumber(String name, long max) {
        String value = text(name);
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message below covers this case too.
        }
        throw new InvalidSettingException(
                name, value, "a whole number from 1" + (max == Long.MAX_VALUE ? "" : " to " + max));
    }

    private String matching(String name, Pattern pattern, String allowed) {
        String value = text(name);
        if (!pattern.matcher(value).matches()) {
            throw new InvalidSettingException(name, value, allowed);
        }
        return value;
    }

    /** Returns the value as written, or the default if it is unset; without checking it. */
    public String text(String name) {
        return isSet(name) ? environment.get(name) : DEFAULTS.getOrDefault(name, "");
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }
}
