package pipeline.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.TestRun;

/**
 * Storage that does not answer. A named pipe stands in for it: opening one never returns until somebody writes to it, and
 * nothing can interrupt that.
 */
class HangIT {
    private static final List<String> PATHS = List.of(
            "/aggregates", "/validation", "/validation?deep=true", "/rows", "/batches", "/windows", "/q/health");
    private static final int TERMINATED = 128 + 15;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void answersWithoutWaitingThatStorageHangsAndContinuesOnceItAnswers() throws Exception {
        new TestRun(folder, "1").commit(0, 1, 2);
        try (PackagedValidator validator = PackagedValidator.start(folder)) {
            validator.get("/aggregates");
            Path pipe = makePipe("parquet/run_2/id=0/0.parquet");
            List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, 10)
                    .mapToObj(caller -> send(validator, "/aggregates?run=2", Duration.ofSeconds(11)))
                    .toList();

            for (CompletableFuture<HttpResponse<String>> answer : waiting) {
                assertHangs(answer.join());
            }
            for (String path : PATHS) {
                assertHangs(send(validator, path, Duration.ofSeconds(1)).join());
            }
            validator.get("/progress");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(validator.get("/q/metrics")).contains("validator_rows NaN"));

            Files.writeString(pipe, "");

            await().untilAsserted(() -> assertThat(validator.get("/aggregates")).contains("\"totalRows\":2"));
            assertThat(validator.get("/q/health")).contains("UP");
            assertThat(validator.get("/aggregates?run=2")).contains("0.parquet");
            assertThat(validator.log()).containsOnlyOnce("has not answered").doesNotContain("\tat ", "Exception");
        }
    }

    @Test
    void keepsTheAnswerOfAnAuditForACallerWhoseConnectionWasClosed() throws Exception {
        new TestRun(folder, "1").commit(Map.of(0, new double[] {1}), 1);
        Path rejected = folder.resolve("rejected/run_1/part-0.jsonl");
        Path content = Files.move(rejected, folder.resolve("content"));
        try (PackagedValidator validator = PackagedValidator.start(folder)) {
            Path pipe = makePipe("pipe");
            Files.createLink(rejected, pipe);
            assertThat(send(validator, "/validation?deep=true", Duration.ofSeconds(2)))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(HttpTimeoutException.class);
            String left = Instant.now().toString();

            Files.copy(content, rejected, StandardCopyOption.REPLACE_EXISTING);
            Files.write(pipe, Files.readAllBytes(content));

            assertThat(auditedAt(validator)).isLessThan(left);
            assertThat(auditedAt(validator)).isGreaterThan(left);
        }
    }

    private static String auditedAt(PackagedValidator validator) throws IOException {
        return JsonPath.from(validator.get("/validation?deep=true")).getString("asOf");
    }

    @Test
    void refusesReadingsThatTooManyWaitFor() throws Exception {
        TestRun run = new TestRun(folder, "1").commit(0, 1, 2);
        Path file = run.folder().resolve("id=0/part-0000000000-0.parquet");
        Path content = folder.resolve("content");
        try (PackagedValidator validator = PackagedValidator.start(folder)) {
            validator.get("/aggregates");
            Files.move(file, content);
            Path pipe = makePipe("pipe");
            Files.createLink(file, pipe);

            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 40)
                    .mapToObj(caller -> send(validator, "/rows", Duration.ofSeconds(30)))
                    .toList();
            await().until(() ->
                    answers.stream().filter(CompletableFuture::isDone).count() >= 5);
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(pipe, "");

            List<HttpResponse<String>> refused = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.statusCode() != 200)
                    .toList();
            assertThat(refused).hasSizeBetween(5, 10).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
                assertThat(answer.body()).contains("Too many requests that read rows or records wait already");
            });
        }
    }

    @Test
    void stopsWhileStorageHangs() throws Exception {
        makePipe("parquet/run_1/id=0/0.parquet");
        try (PackagedValidator validator = PackagedValidator.start(folder)) {
            CompletableFuture<HttpResponse<String>> waiting = send(validator, "/aggregates", Duration.ofSeconds(30));
            await().untilAsserted(() -> assertThat(validator.get("/progress")).contains("run_1"));
            long start = System.nanoTime();

            validator.terminate();

            assertThat(validator.exitCode()).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(waiting.handle((answer, failure) -> failure == null ? answer.statusCode() : 503)
                            .join())
                    .isEqualTo(503);
            assertThat(validator.log()).contains("validator stopped in").doesNotContain("\tat ", "Exception");
        }
    }

    private Path makePipe(String path) throws IOException, InterruptedException {
        Path pipe = folder.resolve(path);
        Files.createDirectories(pipe.getParent());
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private CompletableFuture<HttpResponse<String>> send(PackagedValidator validator, String path, Duration within) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(validator.url(path)))
                .timeout(within)
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private static void assertHangs(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(503);
        assertThat(answer.body()).contains("0.parquet has not answered for more than 10 s");
    }
}
