package pipeline.launcher.components;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.setup.DataFolder;
import pipeline.launcher.setup.FileTree;
import pipeline.launcher.setup.Ports;

/**
 * One Kafka node, broker and controller in one, with its data and generated {@code server.properties} in one folder. That
 * folder is its working directory, so that it contains no absolute path and can be moved.
 */
public record Broker(Path folder, int port, Map<String, String> environment) {
    private static final String CONFIG = "server.properties";
    private static final String STARTED = "Kafka Server started";

    /** Warnings that Kafka logs at its first start, and sometimes during an orderly shutdown. */
    private static final Predicate<String> USUAL = Pattern.compile(
                    "Performing controller activation|NetworkClient that has already been closed")
            .asPredicate();

    private static final Predicate<String> SHOWN =
            Pattern.compile(" (WARN|ERROR|FATAL) |" + STARTED).asPredicate().and(USUAL.negate());
    /** The default of log.cleaner.dedupe.buffer.size would take a third of the heap. */
    private static final String CONTENT =
            """
            # Written by ./pipeline at each start.
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:<controller port>
            controller.listener.names=CONTROLLER
            inter.broker.listener.name=CLIENT
            listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
            listeners=CLIENT://127.0.0.1:<port>,CONTROLLER://127.0.0.1:<controller port>
            advertised.listeners=CLIENT://localhost:<port>
            log.dirs=data
            auto.create.topics.enable=false
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            log.cleaner.dedupe.buffer.size=8388608
            """;

    private static final Duration FORMAT_LIMIT = Duration.ofMinutes(2);

    /** Starts the broker; the first start also formats its folder. */
    public void start(Supervisor supervisor, Console console, UnaryOperator<ProcessSpec> output) throws IOException {
        configure(Ports.free());
        if (!Files.exists(folder.resolve("data/meta.properties"))) {
            console.say("preparing " + folder);
            supervisor.run(output.apply(format()), () -> "broker-format", FORMAT_LIMIT);
        }
        console.say("starting broker");
        supervisor.start(output.apply(server()));
    }

    /** @param controllerPort a free port for the connections between controller and broker */
    public void configure(int controllerPort) throws IOException {
        FileTree.clear(temporary());
        Files.writeString(
                folder.resolve(CONFIG),
                CONTENT.replace("<port>", Integer.toString(port))
                        .replace("<controller port>", Integer.toString(controllerPort)));
    }

    /** Formats the folder and gives it a cluster id. Needed once. */
    public ProcessSpec format() {
        String command = "-Dlog4j2.level=WARN kafka.tools.StorageTool format --config %s --cluster-id %s";
        return spec("broker-format", command.formatted(CONFIG, Uuid.randomUuid()), true);
    }

    /**
     * With the archive of classes nothing fills the metaspace, which used to start the first collection: the default collector
     * would let new objects take two thirds of the heap, 130 MiB more than with this one.
     */
    public ProcessSpec server() {
        return spec("broker", "-Xmx384m -Xmn96m -XX:+UseSerialGC kafka.Kafka " + CONFIG, false);
    }

    private ProcessSpec spec(String name, String arguments, boolean mayEnd) {
        List<String> command = new ArrayList<>(List.of(Components.java()));
        command.addAll(Components.archive(archive()));
        command.addAll(List.of(
                "-cp",
                classPath(),
                "-Dlog4j2.configurationFile=classpath:pipeline/launcher/broker-log4j2.xml",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + temporary().toAbsolutePath()));
        command.addAll(List.of(arguments.split(" ")));
        return new ProcessSpec(name, command, environment, folder, SHOWN, STARTED, mayEnd);
    }

    private Path temporary() {
        return folder.resolve(DataFolder.TEMPORARY);
    }

    /** The launcher's own archive, which is next to its jar, contains the broker's classes. */
    private static Path archive() {
        String code =
                Broker.class.getProtectionDomain().getCodeSource().getLocation().toString();
        return Path.of(URI.create(code)).resolveSibling("launcher.jsa");
    }

    /** The launcher's own class path, which contains the broker's jars; absolute, because the broker has another folder. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
