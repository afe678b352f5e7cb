package pipeline.launcher.components;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.setup.Ports;

/**
 * One Kafka node, broker and controller in one, with its data and generated {@code server.properties} in one folder. That
 * folder is its working directory, so that it contains no absolute path and can be moved.
 */
public final class Broker {
    private static final String CONFIG = "server.properties";
    private static final String DATA = "data";
    private static final String STARTED = "Kafka Server started";

    /** Warnings that Kafka logs at its first start, and sometimes during an orderly shutdown. */
    private static final Predicate<String> USUAL = Pattern.compile(
                    "Performing controller activation|NetworkClient that has already been closed")
            .asPredicate();

    private static final Predicate<String> SHOWN =
            Pattern.compile(" (WARN|ERROR|FATAL) |" + STARTED).asPredicate().and(USUAL.negate());
    private static final long CLEANER_BYTES = 8L << 20;
    private static final Duration FORMAT_LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final int port;
    private final Map<String, String> environment;

    public Broker(Path folder, int port, Map<String, String> environment) {
        this.folder = folder;
        this.port = port;
        this.environment = environment;
    }

    /** Starts the broker; the first start also formats its folder. */
    public void start(Supervisor supervisor, Console console, UnaryOperator<ProcessSpec> output) throws IOException {
        configure(Ports.free());
        if (!Files.exists(folder.resolve(DATA).resolve("meta.properties"))) {
            console.say("preparing " + folder);
            supervisor.run(output.apply(format()), FORMAT_LIMIT);
        }
        console.say("starting broker");
        supervisor.start(output.apply(server()));
    }

    /** @param controllerPort a free port for the connections between controller and broker */
    public void configure(int controllerPort) throws IOException {
        Files.createDirectories(folder);
        try (Writer writer = Files.newBufferedWriter(folder.resolve(CONFIG), StandardCharsets.ISO_8859_1)) {
            properties(controllerPort).store(writer, "Written by ./pipeline at each start.");
        }
    }

    private Properties properties(int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "CLIENT",
                "listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "CLIENT://localhost:" + port,
                "log.dirs", DATA));
        properties.putAll(Map.of(
                "auto.create.topics.enable", "false",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                // The default would take a third of the heap.
                "log.cleaner.dedupe.buffer.size", Long.toString(CLEANER_BYTES)));
        return properties;
    }

    /** Formats the folder and gives it a cluster id. Needed once. */
    public ProcessSpec format() {
        String clusterId = Uuid.randomUuid().toString();
        return spec(
                "broker-format",
                List.of("-Dlog4j2.level=WARN"),
                List.of("kafka.tools.StorageTool", "format", "--config", CONFIG, "--cluster-id", clusterId),
                true);
    }

    public ProcessSpec server() {
        return spec("broker", List.of("-Xmx384m"), List.of("kafka.Kafka", CONFIG), false);
    }

    private ProcessSpec spec(String name, List<String> javaOptions, List<String> program, boolean mayEnd) {
        List<String> command = new ArrayList<>(List.of(
                Components.java(),
                "-cp",
                classPath(),
                "-Dlog4j2.configurationFile=classpath:pipeline/launcher/broker-log4j2.xml",
                "-Djava.awt.headless=true"));
        command.addAll(javaOptions);
        command.addAll(program);
        return new ProcessSpec(name, command, environment, folder, SHOWN, STARTED, mayEnd);
    }

    /** The launcher's own class path, which contains the broker's jars. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
