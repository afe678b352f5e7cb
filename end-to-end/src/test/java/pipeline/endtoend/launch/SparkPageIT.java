package pipeline.endtoend.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Settings;
import pipeline.launcher.PipelineProcess;
import pipeline.launcher.setup.Ports;

/** The web page of Spark, which any other page in the user's browser can send requests to. */
@Tag("slow")
class SparkPageIT {
    private static final Pattern ADDRESS = Pattern.compile("Spark +(http://\\S+)");

    private static final Duration LIMIT = Duration.ofMinutes(1);

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
    void canEndNothing() throws IOException, InterruptedException {
        Matcher page = ADDRESS.matcher(pipeline.output());
        assertThat(page.find()).as(pipeline.output()).isTrue();

        // With this setting, Spark's page has no links that end a job, and does nothing when one is requested.
        assertThat(get(page.group(1) + "/environment/"))
                .containsPattern("spark[.]ui[.]killEnabled</td>\\s*<td>false</td>");
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

    private static String get(String uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                .body();
    }
}
