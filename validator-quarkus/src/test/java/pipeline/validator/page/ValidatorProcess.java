package pipeline.validator.page;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** The packaged validator, as users start it, on a port that stays its own. */
final class ValidatorProcess implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path outputDir;
    private final int port = freePort();
    private Process process;

    private ValidatorProcess(Path outputDir) {
        this.outputDir = outputDir;
    }

    static ValidatorProcess start(Path outputDir) {
        ValidatorProcess validator = new ValidatorProcess(outputDir);
        validator.start();
        return validator;
    }

    /** Starts it, and waits until it answers. */
    void start() {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/quarkus-app/quarkus-run.jar");
        builder.environment().keySet().removeIf(name -> name.matches("(KAFKA|QUARKUS|MP)_.*"));
        builder.environment().put("OUTPUT_DIR", outputDir.toString());
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", "");
        builder.environment().put("VALIDATOR_PORT", Integer.toString(port));
        builder.redirectErrorStream(true)
                .redirectOutput(Path.of("target/page-validator.log").toFile());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> get("/q/health/ready")
                .contains("UP"));
    }

    void stop() {
        process.destroy();
        process.onExit().join();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path))).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
