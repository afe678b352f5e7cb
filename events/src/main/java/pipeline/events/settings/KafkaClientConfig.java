package pipeline.events.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pipeline.events.settings.PropertiesText.Entry;

/**
 * The Kafka client settings of the file that {@code KAFKA_CONFIG_FILE} names: security, timeouts, {@code client.rack} and
 * the like, for every client of every component. The file is a Java properties file, as Kafka's own tools take it with
 * {@code --command-config}. A client ignores the settings of other kinds of clients, so one file serves all of them.
 *
 * <p>Values may be secrets: neither a message nor {@link #toString} has one. A component reads the file itself and hands the
 * settings to its clients only; they never go through a command line, the environment or a log.
 *
 * <p>Kafka reads such a file as ISO-8859-1, and many editors write UTF-8. A key or value is therefore ASCII, which is the
 * same in both; other characters are written as in <code>&#92;u00fc</code>. Comments may hold anything.
 */
public final class KafkaClientConfig {
    /** Settings of Kafka and of its plugins consist of words separated by dots. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z][\\w-]*(\\.[\\w-]+)+");

    private final Path file;
    private final Map<String, String> settings;

    private KafkaClientConfig(Path file, Map<String, String> settings) {
        this.file = file;
        this.settings = Collections.unmodifiableMap(settings);
    }

    /** Returns an empty configuration, for a broker without security. */
    public static KafkaClientConfig none() {
        return new KafkaClientConfig(null, Map.of());
    }

    /**
     * Reads a file. An empty name means that there are no settings.
     *
     * @throws IllegalArgumentException that says why the file cannot be read, or which of its lines are not allowed
     */
    static Optional<KafkaClientConfig> read(String name) {
        if (name.isEmpty()) {
            return Optional.of(none());
        }
        Path file = path(name);
        Map<String, List<Integer>> problems = new LinkedHashMap<>();
        Map<String, String> settings = settings(text(file), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.entrySet().stream()
                    .map(problem -> numbers(problem.getValue()) + ": " + problem.getKey())
                    .collect(Collectors.joining("; ")));
        }
        return Optional.of(new KafkaClientConfig(file, OAuthLogin.completed(settings)));
    }

    private static Path path(String name) {
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path (" + e.getMessage() + ")", e);
        }
    }

    private static String text(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "there is no such file; a properties file with Kafka client settings is needed");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "this is not a file; a properties file with Kafka client settings is needed");
        }
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(
                    "user " + System.getProperty("user.name") + " may not read this file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("this file cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** Returns {@code line 3} or {@code lines 3, 4, 5}. */
    private static String numbers(List<Integer> lines) {
        return lines.stream()
                .map(line -> Integer.toString(line))
                .collect(Collectors.joining(", ", lines.size() == 1 ? "line " : "lines ", ""));
    }

    /** @param problems receives the lines that are not allowed, grouped by reason */
    private static Map<String, String> settings(String text, Map<String, List<Integer>> problems) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (PropertiesText.Line line : PropertiesText.lines(text)) {
            Optional<Entry> entry = line.entry();
            if (entry.isEmpty()) {
                add(problems, "a malformed \\u escape; it needs four hex digits", line.number());
                continue;
            }
            Entry earlier = entries.putIfAbsent(entry.get().key(), entry.get());
            problem(line, entry.get(), earlier).ifPresent(problem -> add(problems, problem, line.number()));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        entries.forEach((key, entry) -> settings.put(key, entry.value()));
        OAuthLogin.problem(settings)
                .ifPresent(problem -> add(
                        problems,
                        problem,
                        entries.get(OAuthLogin.TOKEN_ENDPOINT).line()));
        return settings;
    }

    private static void add(Map<String, List<Integer>> problems, String reason, int line) {
        problems.computeIfAbsent(reason, key -> new ArrayList<>()).add(line);
    }

    private static Optional<String> problem(PropertiesText.Line line, Entry entry, Entry earlier) {
        if (!line.isAscii()) {
            return Optional.of("a character outside ASCII, which Kafka's tools would read as another one; write it as"
                    + " \\uXXXX, with its four hex digits");
        }
        Optional<String> refused = RefusedClientKeys.reason(entry.key()).map(reason -> entry.key() + " " + reason);
        if (refused.isPresent()) {
            return refused;
        }
        if (!KEY.matcher(entry.key()).matches()) {
            // The key is not shown: in a PEM text without backslashes, the lines of a private key look like keys.
            return Optional.of("no Kafka setting has such a name; a value of several lines, such as PEM text, needs"
                    + " \\n\\ at the end of each line but the last");
        }
        return earlier == null
                ? SecurityValues.problem(entry.key(), entry.value())
                : Optional.of(entry.key() + " is set in line " + earlier.line() + " already");
    }

    /** Returns the absolute path of the file, if there is one. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Returns the settings of the file, with what they imply, including secrets. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Returns whether clients use TLS, a login, or both. */
    public boolean isSecured() {
        return !settings.getOrDefault("security.protocol", "PLAINTEXT").strip().equalsIgnoreCase("PLAINTEXT");
    }

    @Override
    public String toString() {
        return file == null ? "no " + Settings.KAFKA_CONFIG_FILE : file + " " + new TreeSet<>(settings.keySet());
    }
}
