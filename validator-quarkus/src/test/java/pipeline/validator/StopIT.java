package pipeline.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;

/** SIGTERM: requests in progress finish, everything else ends at once, and the log stays free of stack traces. */
class StopIT {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    /** The broker accepts connections but never replies, so the request takes as long as Kafka's client waits. */
    @Test
    void finishesARequestInProgressAndServesKeepAliveConnectionsMeanwhile() throws Exception {
        TestRun run = new TestRun(folder, "1").commit(0, 1, 2);
        try (ServerSocket broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                PackagedValidator validator = PackagedValidator.startWithBroker(
                        folder,
                        "127.0.0.1:" + broker.getLocalPort(),
                        // So that only the request asks the broker.
                        "-Dvalidator.background-work=false")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(validator.url("/validation")))
                    .build();
            CompletableFuture<HttpResponse<String>> answer =
                    HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());
            try (Socket asked = broker.accept()) {
                validator.terminate();
                await().until(() -> validator.log().contains("Waiting for HTTP requests to complete"));
                run.commit(Map.of(0, new double[] {3}, 1, new double[] {4}), 0);
                assertThat(validator.get("/aggregates")).contains("\"totalRows\":4");

                assertThat(answer.join().statusCode()).isEqualTo(200);
                assertThat(answer.join().body()).contains("\"exactly-once\"").endsWith("}");
                assertThat(asked.isConnected()).isTrue();
            }
            assertThat(validator.exitCode()).isEqualTo(TERMINATED);
            assertNoStackTrace(validator.log());
        }
    }

    @Test
    void givesUpReadingFilesWhenNoRequestNeedsThem() throws Exception {
        Path first = TestFiles.writeValues(folder.resolve("parquet/run_1/id=0/0.parquet"), 1, 2, 3);
        for (int file = 1; file < 30_000; file++) {
            Files.createLink(first.resolveSibling(file + ".parquet"), first);
        }
        try (PackagedValidator validator = PackagedValidator.start(folder)) {
            validator.terminate();

            assertThat(validator.exitCode()).isEqualTo(TERMINATED);
            assertNoStackTrace(validator.log());
        }
    }

    @Test
    void stopsAtOnceWithAnIdleKeepAliveConnection() throws Exception {
        try (PackagedValidator validator = PackagedValidator.start(folder)) {
            validator.get("/aggregates");
            long start = System.nanoTime();
            validator.terminate();

            assertThat(validator.exitCode()).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertNoStackTrace(validator.log());
        }
    }

    private static void assertNoStackTrace(String log) {
        assertThat(log).contains("validator stopped in").doesNotContain("\tat ", "ERROR", "Exception");
    }
}
