package pipeline.endtoend.compose;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Setting;
import pipeline.events.settings.Settings;
import pipeline.launcher.setup.Ports;

/** The containers of Compose files under a project name, on ports and with an output folder of their own. */
final class ComposeStack {
    static final String KAFKA = Settings.KAFKA_PORT.name();
    static final String VALIDATOR = Settings.VALIDATOR_PORT.name();
    static final String AIRFLOW = Settings.AIRFLOW_PORT.name();
    static final String SPARK_MASTER = "SPARK_MASTER_UI_PORT";
    static final String SPARK_APPLICATION = "SPARK_APP_UI_PORT";

    /** The name of the project that all tests but one use. */
    static final String PROJECT = "pipeline-test";

    private static final String RESOURCES = "end-to-end/src/test/resources/pipeline/endtoend/compose/";
    /** How long all containers may take to become healthy, or a killed one to be restarted. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int ROOT = 0;
    private static final int SOMEBODY = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final Map<String, String> settings = new HashMap<>();
    private final String project;
    private final Docker docker;
    private final List<String> files = new ArrayList<>();

    /** The containers of {@code docker-compose.yml}. */
    ComposeStack(Path root, Path output) throws IOException {
        this(root, output, PROJECT, Map.of(), List.of());
    }

    /**
     * @param others settings in addition, or instead of, the usual ones
     * @param overlays names of files in the repository that follow {@code docker-compose.yml}
     */
    ComposeStack(Path root, Path output, String project, Map<String, String> others, List<String> overlays)
            throws IOException {
        this.project = project;
        // The settings of this machine's user must not matter.
        for (Setting<?> setting : Settings.all()) {
            boolean isPort = setting.name().endsWith("_PORT");
            settings.put(setting.name(), isPort ? Integer.toString(Ports.free()) : setting.defaultText());
        }
        settings.put(Settings.MSGS_PER_SEC.name(), "50");
        settings.put(Settings.TRIGGER_INTERVAL.name(), "2s");
        settings.put("TEST_OUTPUT", output.toString());
        // So that the test can delete what was written.
        int owner = (int) Files.getAttribute(output, "unix:uid");
        settings.put("DATA_UID", Integer.toString(owner == ROOT ? SOMEBODY : owner));
        settings.putAll(others);
        docker = new Docker(root, settings);
        files.addAll(List.of("compose", "--progress=plain", "--project-name=" + project));
        files.add("--file=" + root.resolve("docker-compose.yml"));
        files.add("--file=" + root.resolve(RESOURCES + "beside.yml"));
        overlays.forEach(overlay -> files.add("--file=" + root.resolve(overlay)));
    }

    /** @return the name of a Compose file of the tests, from the repository's root */
    static String resource(String name) {
        return RESOURCES + name;
    }

    /** Makes a file belong to the user as whom the containers run. */
    void giveToOwnerOfData(Path file) throws IOException {
        Files.setAttribute(file, "unix:uid", Integer.parseInt(settings.get("DATA_UID")));
    }

    String compose(String... arguments) throws IOException {
        return docker.run(Stream.concat(files.stream(), Stream.of(arguments)).toArray(String[]::new));
    }

    String docker(String... arguments) throws IOException {
        return docker.run(arguments);
    }

    long totalRows() throws IOException {
        return get(VALIDATOR, "/aggregates").path("totalRows").asLong();
    }

    /** Returns the worst status of all checks, including that of every offset. */
    String validation() throws IOException {
        return get(VALIDATOR, "/validation?deep=true").get("status").asText();
    }

    /** @return the executors of the job, its driver included, as Spark's REST API describes them */
    JsonNode executors() throws IOException {
        String applications = "/api/v1/applications";
        String application =
                get(SPARK_APPLICATION, applications).get(0).get("id").asText();
        return get(SPARK_APPLICATION, applications + "/" + application + "/executors");
    }

    /** Ignores I/O errors, since containers that are starting do not answer. */
    static ConditionFactory waiting() {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(IOException.class);
    }

    /** Returns the ids of all containers, volumes and networks of the project. */
    List<String> parts() throws IOException {
        String label = "label=com.docker.compose.project=" + project;
        return Stream.of(
                        docker.run("ps", "--all", "--quiet", "--filter", label),
                        docker.run("volume", "ls", "--quiet", "--filter", label),
                        docker.run("network", "ls", "--quiet", "--filter", label))
                .flatMap(String::lines)
                .toList();
    }

    /** Returns the names of all volumes of the containers, including anonymous ones. */
    Set<String> volumes() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String container : compose("ps", "--all", "--quiet").strip().split("\\s+")) {
            String mounts = docker.run("inspect", "--format", "{{range .Mounts}}{{println .Name}}{{end}}", container);
            mounts.lines().filter(name -> !name.isBlank()).forEach(names::add);
        }
        return names;
    }

    /**
     * Kills the process of a service from outside, since the engine does not restart a container after {@code docker kill}.
     */
    void killProcess(String service) throws IOException {
        String pid = inspect(service, "{{.State.Pid}}");
        docker.run(
                "run",
                "--rm",
                "--pid=host",
                "--network=none",
                "--user=root",
                "pipeline/streaming-spark:" + Repository.version(),
                "bash",
                "-c",
                "kill -9 " + pid);
    }

    int restarts(String service) throws IOException {
        return Integer.parseInt(inspect(service, "{{.RestartCount}}"));
    }

    boolean isHealthy(String service) throws IOException {
        return inspect(service, "{{.State.Health.Status}}").equals("healthy");
    }

    private String inspect(String service, String field) throws IOException {
        String container = compose("ps", "--all", "--quiet", service).strip();
        return docker.run("inspect", "--format", field, container).strip();
    }

    /** Returns how much memory the containers use now, in MiB. */
    double memory() throws IOException {
        String[] containers = compose("ps", "--quiet").strip().split("\\s+");
        String[] command = Stream.concat(
                        Stream.of("stats", "--no-stream", "--format", "{{.MemUsage}}"), Stream.of(containers))
                .toArray(String[]::new);
        return docker.run(command)
                .lines()
                .map(line -> line.split(" / ")[0])
                .mapToDouble(ComposeStack::mebibytes)
                .sum();
    }

    private static double mebibytes(String amount) {
        double number = Double.parseDouble(amount.replaceAll("[A-Za-z]", ""));
        return switch (amount.replaceAll("[0-9.]", "")) {
            case "GiB" -> number * 1024;
            case "MiB" -> number;
            case "KiB", "B" -> 0;
            default -> throw new IllegalArgumentException(amount);
        };
    }

    String bootstrapServers() {
        return "localhost:" + settings.get(KAFKA);
    }

    /** @param setting the name of the setting with the port */
    int port(String setting) {
        return Integer.parseInt(settings.get(setting));
    }

    /** @param setting the name of the setting with the port */
    JsonNode get(String setting, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(setting) + path))
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(request.uri() + ": " + response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
