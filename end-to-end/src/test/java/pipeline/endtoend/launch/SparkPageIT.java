package pipeline.endtoend.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Settings;
import pipeline.launcher.PipelineProcess;
import pipeline.launcher.setup.Ports;

/** The web page of Spark, which any other page in the user's browser can send requests to. */
@Tag("slow")
class SparkPageIT {
    private static final Pattern ADDRESS = Pattern.compile("Spark +(http://\\S+)");

    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** A job of Spark may end before the request arrives, so several are tried. */
    private static final int SOME = 20;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path temp;

    private static String kafka;
    private static PipelineProcess pipeline;

    @BeforeAll
    static void start() throws IOException {
        Repository.prepareScript(temp);
        int kafkaPort = Ports.free();
        kafka = "localhost:" + kafkaPort;
        Map<String, String> settings = Map.of(
                Settings.KAFKA_PORT.name(),
                Integer.toString(kafkaPort),
                // An address of another network, on which Spark cannot listen.
                "SPARK_LOCAL_IP",
                "192.0.2.1");
        String data = temp.resolve("data").toString();
        pipeline = PipelineProcess.start(Repository.SCRIPT, temp, settings, "--data", data);
        pipeline.awaitHealth();
        pipeline.awaitLine("data, logs");
    }

    @AfterAll
    static void end() {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void isOfThisMachine() {
        assertThat(page()).startsWith("http://localhost:");
        Fault.SPARK_ADDRESS.isSeenAs();
    }

    @Test
    void canEndNothing() throws IOException {
        String page = page();
        String applications = page + "/api/v1/applications/";
        String application = JSON.readTree(get(applications)).at("/0/id").asText();
        Set<String> asked = new HashSet<>();

        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> {
            for (JsonNode job : JSON.readTree(get(applications + application + "/jobs?status=running"))) {
                String id = job.get("jobId").asText();
                get(page + "/jobs/job/kill/?id=" + id);
                asked.add(id);
            }
            return asked.size() > SOME;
        });

        assertThat(temp.resolve("data/logs/job.log")).content().doesNotContain("cancelled");
        Fault.SPARK_PAGE.isSeenAs();
    }

    @Test
    void isOffWhereNobodyChoseItsAddress() throws IOException {
        Path module = Repository.ROOT.resolve("streaming-spark");
        Path log = temp.resolve("job.log");
        ProcessBuilder job = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + module.resolve("java.args"),
                        "-jar",
                        module.resolve("target/streaming-spark.jar").toString())
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        job.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
        job.environment().put(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), kafka);
        job.environment().put(Settings.OUTPUT_DIR.name(), temp.resolve("output").toString());

        Process process = job.start();
        try {
            await().atMost(LIMIT).until(() -> Files.readString(log).contains("Streaming started"));

            assertThat(log).content().contains("Spark's page is off").doesNotContain("ERROR");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String page() {
        Matcher page = ADDRESS.matcher(pipeline.output());
        assertThat(page.find()).as(pipeline.output()).isTrue();
        return page.group(1);
    }

    private static String get(String uri) throws IOException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
