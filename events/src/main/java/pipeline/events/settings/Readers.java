package pipeline.events.settings;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.InvalidSchemaException;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings.OnDataLoss;

/** How the values of settings are read; see {@link Setting#reader}. */
final class Readers {
    private static final String PORT = "([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";
    /** An IPv6 address is in brackets. */
    private static final String SERVER = "(\\[[0-9A-Fa-f:.]+(%[\\w.-]+)?]|[^\\s,:/\\[\\]]+):" + PORT;

    static final String BOOTSTRAP_SERVERS = SERVER + "(," + SERVER + ")*";
    /** Kafka's own rule, see {@code org.apache.kafka.common.internals.Topic}. */
    static final String TOPIC = "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}";

    static final String RUN = "[A-Za-z0-9_-]{1,64}";
    static final String MASTER = "local(\\[(\\*|[1-9]\\d*)])?|spark://\\S+:\\d+(,\\S+:\\d+)*";

    private static final int MAX_PORT = 65535;
    private static final double MAX_RATE = 1_000_000;
    private static final Duration MAX_INTERVAL = Duration.ofHours(24);
    private static final Pattern COMMA = Pattern.compile(",");
    /** Names in other scripts are written in ASCII, as browsers send them. An item may be empty: Compose sets {@code validator,}. */
    private static final Pattern HOSTS = Pattern.compile("( *[A-Za-z0-9_.-]* *,)* *[A-Za-z0-9_.-]* *");
    /** Excludes what Java parses as well: 5d, 5f and 0x1p3. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9.eE+-]+");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

    private Readers() {}

    static Function<String, Optional<String>> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> Optional.of(text).filter(pattern.asMatchPredicate());
    }

    /** Empty means {@code max}. */
    static Optional<OptionalDouble> rate(String text) {
        if (text.equals("max")) {
            return Optional.of(OptionalDouble.empty());
        }
        try {
            double rate = Double.parseDouble(text);
            return DECIMAL.matcher(text).matches() && rate > 0 && rate <= MAX_RATE
                    ? Optional.of(OptionalDouble.of(rate))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Empty means that there is no limit. */
    static Optional<OptionalLong> limit(String text) {
        return text.isEmpty()
                ? Optional.of(OptionalLong.empty())
                : wholeNumber(text, Long.MAX_VALUE).map(OptionalLong::of);
    }

    static Optional<Integer> port(String text) {
        return wholeNumber(text, MAX_PORT).map(Long::intValue);
    }

    private static Optional<Long> wholeNumber(String text, long max) {
        try {
            return Optional.of(Long.parseLong(text)).filter(number -> number >= 1 && number <= max);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<List<String>> hosts(String text) {
        return Optional.of(text).filter(HOSTS.asMatchPredicate()).map(hosts -> COMMA.splitAsStream(hosts)
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList());
    }

    /** Returns an absolute path. */
    static Optional<Path> folder(String text) {
        Matcher scheme = SCHEME.matcher(text);
        try {
            if (!scheme.matches()) {
                return Optional.of(Path.of(text).toAbsolutePath().normalize());
            }
            return scheme.group(1).equalsIgnoreCase("file")
                    ? Optional.of(Path.of(URI.create(text)).toAbsolutePath().normalize())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a path (" + e.getMessage() + ")", e);
        }
    }

    /** Empty means that there is none. */
    static Optional<Optional<Path>> file(String text) {
        return text.isEmpty() ? Optional.of(Optional.empty()) : folder(text).map(Optional::of);
    }

    /** Empty means the built-in event. */
    static Optional<Optional<EventSchema>> schema(String text) {
        if (text.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        try {
            return Optional.of(Optional.of(SchemaFile.read(Path.of(text))));
        } catch (InvalidSchemaException e) {
            throw new IllegalArgumentException(e.problem(), e);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path (" + e.getMessage() + ")", e);
        }
    }

    static Optional<Duration> interval(String text) {
        return duration(text).filter(interval -> interval.compareTo(MAX_INTERVAL) <= 0);
    }

    static Optional<Duration> duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Duration duration = Duration.of(Long.parseLong(parts.group(1)), UNITS.get(parts.group(2)));
        return Optional.of(duration).filter(positive -> !positive.isZero());
    }

    static Optional<OnDataLoss> onDataLoss(String text) {
        return switch (text) {
            case "stop" -> Optional.of(OnDataLoss.STOP);
            case "record" -> Optional.of(OnDataLoss.RECORD);
            default -> Optional.empty();
        };
    }
}
