package pipeline.endtoend.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.Repository;
import pipeline.launcher.PipelineProcess;
import pipeline.launcher.setup.Ports;

/** Searches all output of a run for the secrets of {@code KAFKA_CONFIG_FILE}. */
@Tag("slow")
class SecretsIT {
    private static final String PASSWORD = "canary-password-4711";
    private static final List<String> SECRETS =
            List.of(PASSWORD, CertificateAuthority.STORE_PASSWORD, "ScramLoginModule");

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path temp;

    /** What was found, by the place where it was shown. */
    private final Map<String, String> shown = new TreeMap<>();

    @BeforeAll
    static void prepareScript(@TempDir Path shared) throws IOException {
        Repository.prepareScript(shared);
    }

    @Test
    void areShownNowhere() throws IOException {
        try (SecureBroker broker = SecureBroker.start(temp.resolve("broker"))) {
            broker.setPassword("pipeline", PASSWORD);
            broker.allow("User:pipeline", Rights.all("events", "1").toArray(Right[]::new));
            lookAtARun(broker);
        }
        assertThat(shown).hasSizeGreaterThan(30);
        shown.forEach((where, text) -> assertThat(text).as(where).doesNotContain(SECRETS));
    }

    private void lookAtARun(SecureBroker broker) throws IOException {
        Path data = temp.resolve("data");
        Path file =
                ClientSettings.scram(broker.authority(), "pipeline", PASSWORD).write(temp.resolve("client.properties"));
        Map<String, String> settings = new HashMap<>(Map.of(
                "KAFKA_CONFIG_FILE", file.toString(),
                "RUN_ID", "1",
                "PRODUCER_PORT", Integer.toString(Ports.free()),
                "VALIDATOR_PORT", Integer.toString(Ports.free())));
        try (PipelineProcess pipeline = PipelineProcess.start(
                Repository.SCRIPT, temp, settings, "--data", data.toString(), "--kafka", broker.saslServers())) {
            pipeline.awaitLine("all is healthy");
            String validator = "http://localhost:" + settings.get("VALIDATOR_PORT");
            await().atMost(LIMIT)
                    .until(() -> get(validator + "/aggregates").body().contains("\"status\":\"OK\""));
            readAll(validator, "/", "/aggregates", "/validation?deep=true", "/batches", "/windows", "/rows");
            readAll(validator, "/q/health", "/q/metrics", "/q/openapi", "/q/swagger-ui/");
            readAll("http://localhost:" + settings.get("PRODUCER_PORT"), "/q/health", "/q/metrics");
            lookAtSpark(pipeline.output());
            lookAtProcesses();
            pipeline.pressCtrlC();
            assertThat(pipeline.exitCode()).isEqualTo(130);
            shown.put("output", pipeline.output() + pipeline.errors());
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path log : files.filter(Files::isRegularFile).toList()) {
                shown.put(log.toString(), Files.readString(log, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void lookAtSpark(String output) throws IOException {
        String spark = find("Spark +(http://\\S+)", output);
        readAll(spark, "/jobs/", "/stages/", "/environment/", "/executors/", "/StreamingQuery/", "/SQL/");
        String queries = shown.get(spark + "/SQL/");
        readAll(spark, "/SQL/execution/?id=" + find("execution/\\?id=(\\d+)", queries));
        readAll(
                spark,
                "/StreamingQuery/statistics/?id="
                        + find("statistics/\\?id=([\\w-]+)", shown.get(spark + "/StreamingQuery/")));
        String application = find(
                "\"id\" : \"([^\"]+)\"", get(spark + "/api/v1/applications").body());
        String api = "/api/v1/applications/" + application;
        readAll(spark, api + "/environment", api + "/jobs", api + "/stages?details=true", api + "/sql?details=true");
    }

    private static String find(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern + " in " + text).isTrue();
        return found.group(1);
    }

    /** Command lines and environments of all processes. */
    private void lookAtProcesses() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                remember(process.resolve("cmdline"));
                remember(process.resolve("environ"));
            }
        }
    }

    private void remember(Path file) {
        try {
            shown.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // The process has ended, or belongs to another user.
        }
    }

    private void readAll(String server, String... paths) {
        for (String path : paths) {
            HttpResponse<String> answer = get(server + path);
            assertThat(answer.statusCode()).as(server + path).isEqualTo(200);
            shown.put(server + path, answer.body());
        }
    }

    private static HttpResponse<String> get(String uri) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(uri, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
