package pipeline.launcher.components;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
                resource("broker.properties")
                        .replace("<port>", Integer.toString(port))
                        .replace("<controller port>", Integer.toString(controllerPort)));
    }

    /** Formats the folder and gives it a cluster id. Needed once. */
    public ProcessSpec format() {
        String command = "-Dlog4j2.level=WARN kafka.tools.StorageTool format --config %s --cluster-id %s";
        return spec("broker-format", command.formatted(CONFIG, Uuid.randomUuid()), true);
    }

    public ProcessSpec server() {
        String options = resource("broker.args")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining(" "));
        return spec("broker", options + " kafka.Kafka " + CONFIG, false);
    }

    /** Returns a file that the benchmarks use as well, so that they measure with the same broker. */
    private static String resource(String name) {
        try (InputStream resource = Broker.class.getResourceAsStream("/pipeline/launcher/" + name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
