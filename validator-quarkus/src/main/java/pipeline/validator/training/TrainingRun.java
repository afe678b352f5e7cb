package pipeline.validator.training;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import pipeline.events.settings.Settings;

/**
 * Serves what a validator is asked for first, once, from a tree of one event, so that Java can archive the classes that it
 * loads: {@code java -XX:ArchiveClassesAtExit=validator-quarkus.jsa -cp quarkus-run.jar
 * pipeline.validator.training.TrainingRun}. A validator that starts with
 * {@code -XX:SharedArchiveFile=validator-quarkus.jsa} does not have to load and verify them again.
 */
public final class TrainingRun implements QuarkusApplication {
    /** The output of a job with {@code EVENT_LIMIT=1}. */
    private static final List<String> TREE =
            List.of("parquet/run_1/_ledger/0000000000.json", "parquet/run_1/id=2/part-0000000000-0.parquet");

    private static final List<String> REQUESTS = List.of(
            "/q/health/ready",
            "/aggregates",
            "/validation",
            "/windows",
            "/rows",
            "/batches",
            "/progress",
            "/q/metrics",
            "/");

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("training");
        for (String file : TREE) {
            copy(file, folder.resolve(file));
        }
        System.setProperty(Settings.OUTPUT_DIR.name(), folder.toString());
        System.setProperty(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), "");
        System.setProperty("quarkus.http.host", "127.0.0.1");
        System.setProperty("quarkus.http.port", "0");
        Quarkus.run(
                TrainingRun.class,
                (exitCode, failure) -> {
                    delete(folder);
                    System.exit(exitCode);
                },
                args);
    }

    private static void copy(String resource, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream content = TrainingRun.class.getResourceAsStream("/training/" + resource)) {
            Files.copy(content, file);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called when all has started. */
    @Override
    public int run(String... args) throws IOException {
        URI server = CDI.current().select(HttpServer.class).get().getLocalBaseUri();
        for (String path : REQUESTS) {
            try (InputStream answer = server.resolve(path).toURL().openStream()) {
                answer.transferTo(OutputStream.nullOutputStream());
            }
        }
        return 0;
    }
}
