package pipeline.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import pipeline.events.settings.Settings;

/** The packaged validator, as a jar or a native binary, started as users start it. It keeps its port after a restart. */
public final class PackagedValidator implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path outputDir;
    private final String broker;
    private final List<String> command;
    private final Path log;
    private final int port = freePort();
    private Process process;

    private PackagedValidator(Path outputDir, String broker, List<String> command) throws IOException {
        this.outputDir = outputDir;
        this.broker = broker;
        this.command = command;
        this.log = Files.createTempFile(Path.of("target"), "validator", ".log");
    }

    /** Quarkus' build describes its result. */
    private static Properties artifact() throws IOException {
        Properties artifact = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("target/quarkus-artifact.properties"))) {
            artifact.load(reader);
        }
        return artifact;
    }

    static boolean isNative() throws IOException {
        return artifact().getProperty("type").equals("native");
    }

    /** Starts it without a broker and waits until it is ready. */
    public static PackagedValidator start(Path outputDir, String... javaOptions) throws IOException {
        return startWithBroker(outputDir, "", javaOptions);
    }

    static PackagedValidator startWithBroker(Path outputDir, String broker, String... javaOptions) throws IOException {
        List<String> command = new ArrayList<>();
        if (!isNative()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(javaOptions));
            command.add("-jar");
        }
        command.add(Path.of("target", artifact().getProperty("path")).toString());
        PackagedValidator validator = new PackagedValidator(outputDir, broker, command);
        try {
            validator.start();
        } catch (Throwable e) {
            validator.close();
            throw e;
        }
        return validator;
    }

    /** Starts it again, after {@link #stop}. */
    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.matches("(KAFKA|QUARKUS|MP)_.*"));
        builder.environment().put(Settings.OUTPUT_DIR.name(), outputDir.toString());
        builder.environment().put(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), broker);
        builder.environment().put(Settings.VALIDATOR_PORT.name(), Integer.toString(port));
        // So that a test sees at once what it has just done.
        builder.environment().put("VALIDATOR_VALIDATION_MAX_AGE", "0s");
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> get("/q/health/ready")
                .contains("UP"));
    }

    /** Sends SIGTERM and waits until the process has ended. */
    public void stop() {
        terminate();
        process.onExit().join();
    }

    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits until the process has ended. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    long pid() {
        return process.pid();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public String get(String path) throws IOException {
        try {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(URI.create(url(path))).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            return response.body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
