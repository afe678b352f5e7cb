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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Settings;
import pipeline.launcher.PipelineProcess;
import pipeline.launcher.setup.Ports;

/** The queries of {@code docs/grafana/pipeline.json}, against the metrics of a validator and a job that are running. */
@Tag("slow")
class DashboardIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern METRIC = Pattern.compile("\\b(?:validator|metrics)_\\w+");

    @TempDir
    private Path temp;

    @Test
    void eachQueryFindsData() throws IOException {
        Repository.prepareScript(temp);
        Set<String> queried = new TreeSet<>();
        for (JsonNode query : new ObjectMapper()
                .readTree(Repository.ROOT.resolve("docs/grafana/pipeline.json").toFile())
                .findValues("expr")) {
            List<String> metrics = METRIC.matcher(query.asText())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(metrics).as(query.asText()).hasSize(1);
            queried.addAll(metrics);
        }
        assertThat(queried).hasSizeGreaterThan(10);
        int validatorPort = Ports.free();
        Map<String, String> settings = Map.of(
                Settings.VALIDATOR_PORT.name(), Integer.toString(validatorPort), "VALIDATOR_VALIDATE_EVERY", "1s");
        try (PipelineProcess pipeline = PipelineProcess.start(
                Repository.SCRIPT,
                temp,
                settings,
                "--data",
                temp.resolve("data").toString())) {
            pipeline.awaitHealth();
            pipeline.awaitLine("data, logs");
            String validator = "http://localhost:" + validatorPort;
            String spark = address(pipeline.output());
            get(validator + "/validation?deep=true");

            await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            withData(get(validator + "/q/metrics") + get(spark + "/metrics/prometheus/")))
                    .containsAll(queried));
        }
    }

    private static String address(String output) {
        Matcher spark = Pattern.compile("Spark +(http://\\S+)").matcher(output);
        assertThat(spark.find()).as(output).isTrue();
        return spark.group(1);
    }

    /** Returns the names of the metrics that have a numeric sample. */
    private static Set<String> withData(String metrics) {
        Set<String> names = new TreeSet<>();
        metrics.lines()
                .filter(line -> line.matches("\\w+(\\{.*})? -?[0-9.E]+"))
                .forEach(line -> names.add(line.replaceFirst("\\W.*", "")));
        return names;
    }

    private static String get(String uri) throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
