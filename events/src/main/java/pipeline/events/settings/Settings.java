package pipeline.events.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of all parts, as they stand in the environment: name, default and what is allowed, in one place. An unset
 * or empty variable means the default. Every method throws {@link InvalidSettingException} on any other value than the
 * allowed ones.
 */
public record Settings(Map<String, String> environment) {
    public static final String KAFKA_BOOTSTRAP_SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    public static final String KAFKA_TOPIC = "KAFKA_TOPIC";
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

    public static final int DEFAULT_KAFKA_PORT = 9094;
    public static final int DEFAULT_VALIDATOR_PORT = 8083;
    public static final int DEFAULT_PRODUCER_PORT = 8084;
    public static final int DEFAULT_AIRFLOW_PORT = 8082;

    private static final String PORT = "([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";
    private static final String SERVER = "[^\\s,:/]+:" + PORT;
    private static final Pattern BOOTSTRAP_SERVERS = Pattern.compile(SERVER + "(," + SERVER + ")*");
    /** Kafka's own rule, see {@code org.apache.kafka.common.internals.Topic}. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    /** Java's own would take 5d, 5f and 0x1p3 too. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9.eE+-]+");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
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
        return matching(KAFKA_BOOTSTRAP_SERVERS, "localhost:" + DEFAULT_KAFKA_PORT, BOOTSTRAP_SERVERS, "host:port[,…]");
    }

    /** Returns the brokers for a part that can do without one. */
    public Optional<String> optionalKafkaBootstrapServers() {
        return value(KAFKA_BOOTSTRAP_SERVERS).map(set -> kafkaBootstrapServers());
    }

    public String kafkaTopic() {
        return matching(KAFKA_TOPIC, "events", TOPIC, "1 to 249 of A-Z a-z 0-9 . _ -, other than . and ..");
    }

    /** Returns the events per second to send; none is {@code max}, as fast as the channel goes. */
    public OptionalDouble msgsPerSec() {
        String value = value(MSGS_PER_SEC).orElse("5");
        return value.equals("max") ? OptionalDouble.empty() : OptionalDouble.of(rate(value));
    }

    private static double rate(String value) {
        String allowed = "a number above 0 and up to 1000000, or max";
        try {
            double rate = Double.parseDouble(value);
            if (DECIMAL.matcher(value).matches() && rate > 0 && rate <= 1_000_000) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // falls through to the message about both
        }
        throw new InvalidSettingException(MSGS_PER_SEC, value, allowed);
    }

    /** Returns how many events to send before the producer ends; none is without end. */
    public OptionalLong eventLimit() {
        Optional<String> value = value(EVENT_LIMIT);
        return value.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(wholeNumber(EVENT_LIMIT, value.get(), 1, Long.MAX_VALUE));
    }

    public String runId() {
        return matching(RUN_ID, "1", RUN, "1 to 64 of A-Z a-z 0-9 _ -");
    }

    /** Returns the folder, absolute. */
    public Path outputDir() {
        String value = value(OUTPUT_DIR).orElse("data/output");
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
                "a folder on this machine, as a path or as file:///path; no other scheme is proven yet");
    }

    public Duration triggerInterval() {
        String value = value(TRIGGER_INTERVAL).orElse("10s");
        return duration(value)
                .filter(interval -> interval.compareTo(Duration.ofHours(24)) <= 0)
                .orElseThrow(() -> new InvalidSettingException(
                        TRIGGER_INTERVAL,
                        value,
                        "a whole number above 0 with ms, s, m or h, up to 24h, such as 500ms or 10s"));
    }

    /** Returns the duration that a text such as {@code 500ms}, {@code 10s}, {@code 5m} or {@code 1h} stands for. */
    public static Optional<Duration> duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        Duration duration =
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        return Optional.of(duration).filter(positive -> !positive.isZero());
    }

    public OnDataLoss onDataLoss() {
        String value = value(ON_DATA_LOSS).orElse("stop");
        return switch (value) {
            case "stop" -> OnDataLoss.STOP;
            case "record" -> OnDataLoss.RECORD;
            default -> throw new InvalidSettingException(ON_DATA_LOSS, value, "stop or record");
        };
    }

    public String sparkMaster() {
        return matching(SPARK_MASTER, "local[*]", MASTER, "local, local[N], local[*] or spark://host:port");
    }

    public int kafkaPort() {
        return port(KAFKA_PORT, DEFAULT_KAFKA_PORT);
    }

    public int producerPort() {
        return port(PRODUCER_PORT, DEFAULT_PRODUCER_PORT);
    }

    public int validatorPort() {
        return port(VALIDATOR_PORT, DEFAULT_VALIDATOR_PORT);
    }

    public int airflowPort() {
        return port(AIRFLOW_PORT, DEFAULT_AIRFLOW_PORT);
    }

    private int port(String name, int defaultPort) {
        return (int) wholeNumber(name, value(name).orElse(Integer.toString(defaultPort)), 1, 65535);
    }

    private static long wholeNumber(String name, String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the message about both
        }
        throw new InvalidSettingException(
                name, value, "a whole number from " + min + (max == Long.MAX_VALUE ? "" : " to " + max));
    }

    private String matching(String name, String defaultValue, Pattern pattern, String allowed) {
        Predicate<String> isAllowed = pattern.asMatchPredicate();
        String value = value(name).orElse(defaultValue);
        if (!isAllowed.test(value)) {
            throw new InvalidSettingException(name, value, allowed);
        }
        return value;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
