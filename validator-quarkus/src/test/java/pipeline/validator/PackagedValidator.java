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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import pipeline.events.Settings;

/** The packaged validator, a jar or a native binary, as users start it. */
final class PackagedValidator implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port;

    private PackagedValidator(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Quarkus' build says what it made. */
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

    /** Starts it and waits until it is ready. */
    static PackagedValidator start(Path outputDir, String... javaOptions) throws Exception {
        String path = Path.of("target", artifact().getProperty("path")).toString();
        List<String> command = new ArrayList<>();
        if (!isNative()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(javaOptions));
            command.add("-jar");
        }
        command.add(path);
        int port = freePort();
        Path log = Files.createTempFile(outputDir, "validator", ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(Settings.OUTPUT_DIR, outputDir.toString());
        builder.environment().put(Settings.VALIDATOR_PORT, Integer.toString(port));
        builder.environment().remove(Settings.KAFKA_BOOTSTRAP_SERVERS);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        PackagedValidator validator = new PackagedValidator(process, log, port);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(validator.log()).contains("Listening on:"));
        } catch (Throwable e) {
            validator.close();
            throw e;
        }
        return validator;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    long pid() {
        return process.pid();
    }

    String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
