package pipeline.endtoend.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Airflow's REST API for {@code spark_parquet_validation_dag}, as user admin with password admin. */
public final class AirflowClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String DAG = "/api/v2/dags/spark_parquet_validation_dag";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Airflow's server loses the body of a request that offers HTTP/2. */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final String url;
    private final String token;

    public AirflowClient(int port) throws IOException {
        this.url = "http://127.0.0.1:" + port;
        HttpRequest login = HttpRequest.newBuilder(URI.create(url + "/auth/token"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"username\":\"admin\",\"password\":\"admin\"}"))
                .build();
        this.token = send(login).path("access_token").asText();
    }

    boolean isDagKnownAndOn() {
        try {
            return !get(DAG).path("is_paused").asBoolean();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the number of slots of the default pool. */
    int slotsOfDefaultPool() throws IOException {
        return get("/api/v2/pools/default_pool").path("slots").asInt();
    }

    /** Starts a run now, and returns its id. */
    public String trigger() throws IOException {
        return send(request(DAG + "/dagRuns")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"logical_date\":null}"))
                        .build())
                .path("dag_run_id")
                .asText();
    }

    /** Returns for example {@code running}, {@code success} or {@code failed}. */
    public String state(String run) {
        return ask(DAG + "/dagRuns/" + run).path("state").asText();
    }

    String state(String run, String task) {
        return ask(task(run, task)).path("state").asText();
    }

    int tries(String run, String task) throws IOException {
        return get(task(run, task)).path("try_number").asInt();
    }

    /** Returns the messages that a task logged in its first try, one per line. */
    public String log(String run, String task) throws IOException {
        JsonNode content = get(task(run, task) + "/logs/1?full_content=true").path("content");
        return StreamSupport.stream(content.spliterator(), false)
                .map(line -> line.path("event").asText() + " " + line.path("error_detail"))
                .collect(Collectors.joining("\n"));
    }

    private static String task(String run, String task) {
        return DAG + "/dagRuns/" + run + "/taskInstances/" + task;
    }

    private JsonNode ask(String path) {
        try {
            return get(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode get(String path) throws IOException {
        return send(request(path).header("Accept", "application/json").build());
    }

    private HttpRequest.Builder request(String path) {
        // The ids of runs have colons and a plus sign.
        return HttpRequest.newBuilder(URI.create(url + path.replace("+", "%2B")))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(Map.of(request.uri(), response.statusCode()) + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
