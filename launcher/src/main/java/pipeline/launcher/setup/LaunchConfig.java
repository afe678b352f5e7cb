package pipeline.launcher.setup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.sample.NoSampleException;
import pipeline.events.schema.sample.RandomEvents;
import pipeline.events.settings.Component;
import pipeline.events.settings.Setting;
import pipeline.events.settings.Settings;

/**
 * What to launch. Options override the environment, which overrides {@code .env}; all settings of all components have been
 * checked.
 *
 * @param data the folder with {@code kafka/}, {@code logs/}, temporary files in {@value DataFolder#TEMPORARY} and, unless
 *     {@code OUTPUT_DIR} is set, {@code output/}
 * @param settings for all components, with the broker and the output folder of this launch
 * @param kafka the topic that the launch uses
 * @param ownBroker whether to start a broker
 * @param without components that run elsewhere
 * @param untilCommitted whether to end with the reconciliation once {@code EVENT_LIMIT} events are committed
 * @param duration how long to run after everything is healthy
 * @param crashDemo whether to run the crash demo instead, see {@link pipeline.launcher.demo.CrashDemo}
 * @param inferSchema whether to draft a schema file instead, see {@link pipeline.launcher.infer.InferSchema}
 * @param notes lines to show to the user before the start
 */
public record LaunchConfig(
        Path data,
        Settings settings,
        KafkaEndpoint kafka,
        boolean ownBroker,
        Set<Service> without,
        boolean untilCommitted,
        Optional<Duration> duration,
        boolean airflow,
        boolean fresh,
        boolean assumeYes,
        boolean crashDemo,
        boolean inferSchema,
        List<String> notes) {

    /** The settings that name a file for the components. */
    private static final List<Setting<?>> FILES = List.of(Settings.KAFKA_CONFIG_FILE, Settings.EVENT_SCHEMA_FILE);

    /**
     * Interprets the options.
     *
     * @param root folder of the repository, which contains {@code .env}
     * @throws UsageException with one line for each option or setting that is not allowed
     */
    public static LaunchConfig of(LaunchOptions options, Path root, Map<String, String> environment) {
        Map<String, String> merged = merged(options, root, environment);
        List<String> problems = new ArrayList<>(problemsOfSettings(options, new Settings(merged)));
        problems.addAll(problemsOfOptions(options));
        if (!problems.isEmpty()) {
            throw new UsageException(String.join("\n", problems));
        }
        Settings asked = new Settings(merged);
        Path data = options.data == null ? root.resolve("data/local") : options.data.toAbsolutePath();
        Path ownOutput = data.resolve("output").normalize();
        Path output =
                options.data == null && asked.isSet(Settings.OUTPUT_DIR) ? asked.get(Settings.OUTPUT_DIR) : ownOutput;
        if (options.fresh && !output.equals(ownOutput)) {
            throw new UsageException("--fresh only deletes in " + data + ", and " + Settings.OUTPUT_DIR + "=" + output
                    + " is elsewhere: delete it yourself, or use another " + Settings.RUN_ID);
        }
        boolean ownBroker = isOwnBroker(options, asked);
        Settings settings = settingsOfLaunch(asked, output, ownBroker);
        KafkaEndpoint kafka = KafkaEndpoint.of(settings);
        if (ownBroker && !options.crashDemo && kafka.client().isSecured()) {
            throw new UsageException(
                    Settings.KAFKA_CONFIG_FILE + "=" + kafka.client().file().orElseThrow()
                            + " has a security.protocol, but the broker that ./pipeline starts has no security:"
                            + " name the Kafka to use with --kafka HOST:PORT, or unset " + Settings.KAFKA_CONFIG_FILE);
        }
        if (!options.without.contains(Service.PRODUCER)) {
            requireSamples(settings);
        }
        LaunchConfig config = new LaunchConfig(
                data.normalize(),
                settings,
                kafka,
                ownBroker,
                options.without,
                options.events != null,
                Optional.ofNullable(options.duration).flatMap(Settings::duration),
                options.airflow,
                options.fresh,
                options.yes,
                options.crashDemo,
                options.inferSchema,
                notes(asked, output));
        config.requireDifferentPorts();
        return config;
    }

    /** Returns whether the launch starts this component. */
    public boolean starts(Service service) {
        return !without.contains(service);
    }

    public OutputTree output() {
        return new OutputTree(settings.get(Settings.OUTPUT_DIR));
    }

    private static Map<String, String> merged(LaunchOptions options, Path root, Map<String, String> environment) {
        Map<String, String> merged = new HashMap<>(DotEnv.read(root.resolve(".env")));
        // A relative path in .env is relative to the folder of .env, as in Docker Compose.
        merged.computeIfPresent(
                Settings.OUTPUT_DIR.name(),
                (name, path) -> isPlainPath(path) ? root.resolve(path).toString() : path);
        FILES.forEach(file -> merged.computeIfPresent(
                file.name(),
                (name, path) -> path.isEmpty() ? path : root.resolve(path).toString()));
        merged.putAll(environment);
        SettingOption.ALL.forEach(option -> option.typed(options)
                .ifPresent(value -> merged.put(option.setting().name(), value)));
        // The demo compares outputs of the built-in event, and the shell may just have emptied the file for the draft.
        if (options.crashDemo || options.inferSchema) {
            merged.remove(Settings.EVENT_SCHEMA_FILE.name());
        }
        return merged;
    }

    private static boolean isPlainPath(String path) {
        return !path.isEmpty() && !path.contains(":") && path.indexOf('\0') < 0;
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private static List<String> problemsOfSettings(LaunchOptions options, Settings settings) {
        return settings.problems(Component.ofLaunch()).entrySet().stream()
                .map(problem ->
                        named(options, problem.getKey(), problem.getValue().getMessage()))
                .toList();
    }

    /** Replaces the name of a setting by the option that the user typed. */
    private static String named(LaunchOptions options, Setting<?> setting, String message) {
        return SettingOption.of(setting)
                .filter(option -> option.typed(options).isPresent())
                .map(option ->
                        option.option() + message.substring(setting.name().length()))
                .orElse(message);
    }

    private static List<String> problemsOfOptions(LaunchOptions options) {
        if (options.crashDemo) {
            return problemsOfCrashDemo(options);
        }
        List<String> problems = new ArrayList<>();
        if (SettingOption.ALL.stream().anyMatch(option -> option.typed(options).equals(Optional.of("")))) {
            problems.add("--events, --rate, --topic and --kafka need a value");
        }
        if (options.inferSchema) {
            problems.addAll(problemsOfInferSchema(options));
            return problems;
        }
        if (options.without.contains(Service.PRODUCER) && (options.events != null || options.rate != null)) {
            problems.add("--events and --rate are for the producer; leave them out with --without producer");
        }
        if (options.duration != null && Settings.duration(options.duration).isEmpty()) {
            problems.add("--for=" + options.duration
                    + " is not allowed: a whole number above 0 with ms, s, m or h, such as 30s or 2m");
        }
        if (options.duration != null && options.events != null) {
            problems.add("--for and --events: choose one, because each says when to stop");
        }
        if (options.yes && !options.fresh) {
            problems.add("--yes can only be used with --fresh");
        }
        return problems;
    }

    private static List<String> problemsOfCrashDemo(LaunchOptions options) {
        String given = given(
                options,
                options.kafka == null ? "" : "--kafka",
                options.topic == null ? "" : "--topic",
                options.inferSchema ? "--infer-schema" : "");
        return given.isEmpty()
                ? List.of()
                : List.of("--crash-demo uses its own events, rate, duration and folder; leave out " + given);
    }

    private static List<String> problemsOfInferSchema(LaunchOptions options) {
        String given = given(options, options.data == null ? "" : "--data", options.build ? "--build" : "");
        return given.isEmpty()
                ? List.of()
                : List.of("--infer-schema only reads a topic, and can be used with --kafka and --topic; leave out "
                        + given);
    }

    /** Returns the options that say how to run the components, and others, as far as the user typed them. */
    private static String given(LaunchOptions options, String... others) {
        Stream<String> ofComponents = Stream.of(
                options.events == null ? "" : "--events",
                options.duration == null ? "" : "--for",
                options.rate == null ? "" : "--rate",
                options.airflow ? "--airflow" : "",
                options.without.isEmpty() ? "" : "--without",
                options.fresh ? "--fresh" : "",
                options.yes ? "--yes" : "");
        return Stream.concat(ofComponents, Stream.of(others))
                .filter(option -> !option.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Returns the ports that the launch needs, by their settings. */
    public Map<Setting<Integer>, Integer> ports() {
        List<Setting<Integer>> needed = new ArrayList<>();
        if (ownBroker) {
            needed.add(Settings.KAFKA_PORT);
        }
        if (starts(Service.PRODUCER)) {
            needed.add(Settings.PRODUCER_PORT);
        }
        if (starts(Service.VALIDATOR)) {
            needed.add(Settings.VALIDATOR_PORT);
        }
        if (airflow) {
            needed.add(Settings.AIRFLOW_PORT);
        }
        Map<Setting<Integer>, Integer> ports = new LinkedHashMap<>();
        needed.forEach(setting -> ports.put(setting, settings.get(setting)));
        return ports;
    }

    private void requireDifferentPorts() {
        Map<Setting<Integer>, Integer> ports = ports();
        if (new HashSet<>(ports.values()).size() < ports.size()) {
            String all = ports.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
            throw new UsageException(all + ": each component needs its own port");
        }
    }

    private static boolean isOwnBroker(LaunchOptions options, Settings asked) {
        return options.crashDemo || !asked.isSet(Settings.KAFKA_BOOTSTRAP_SERVERS);
    }

    private static Settings settingsOfLaunch(Settings asked, Path output, boolean ownBroker) {
        Map<String, String> ofLaunch = new HashMap<>();
        ofLaunch.put(Settings.OUTPUT_DIR.name(), output.toString());
        if (ownBroker) {
            ofLaunch.put(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), "localhost:" + asked.get(Settings.KAFKA_PORT));
        }
        // The components run in another folder.
        FILES.stream().filter(asked::isSet).forEach(file -> ofLaunch.put(file.name(), absolute(asked.text(file))));
        return overridden(asked, ofLaunch);
    }

    /** Returns a copy of the settings in which the given ones replace others. */
    public static Settings overridden(Settings settings, Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.putAll(overrides);
        return new Settings(Map.copyOf(environment));
    }

    /** The producer would end at once. */
    private static void requireSamples(Settings settings) {
        settings.get(Settings.EVENT_SCHEMA_FILE).ifPresent(schema -> {
            try {
                new RandomEvents(schema, new SplittableRandom());
            } catch (NoSampleException e) {
                throw new UsageException(Settings.EVENT_SCHEMA_FILE + "=" + settings.text(Settings.EVENT_SCHEMA_FILE)
                        + " is not allowed: " + e.getMessage() + "; or leave out the producer: --without producer");
            }
        });
    }

    private static List<String> notes(Settings asked, Path output) {
        List<String> notes = new ArrayList<>();
        if (asked.isSet(Settings.OUTPUT_DIR) && !asked.get(Settings.OUTPUT_DIR).equals(output)) {
            notes.add("--data decides where the output goes; " + Settings.OUTPUT_DIR + "="
                    + asked.get(Settings.OUTPUT_DIR) + " is not used");
        }
        return notes;
    }
}
