package pipeline.launcher.components;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pipeline.launcher.process.StopException;

/** Asks a component over HTTP: the producer or the validator. */
public record ServiceClient(int port) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SCAN_TIMEOUT = Duration.ofMinutes(2);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SENT =
            Pattern.compile("^producer_events_sent_total(?:\\{.*?})? (\\S+)$", Pattern.MULTILINE);

    /**
     * The part of the answer of {@code /aggregates} that can be compared with the ledger.
     *
     * @param status {@code OK}, {@code WARN}, {@code FAILED} or {@code NO_DATA}
     * @param totalRows -1 if the answer does not contain it
     * @param rejected -1 if the answer does not contain it
     */
    public record Aggregates(String status, long totalRows, long rejected) {}

    public String url(String path) {
        return "http://localhost:" + port + path;
    }

    public boolean isReady() {
        try {
            return get("/q/health/ready", TIMEOUT).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns how many events the producer has sent since its start; empty if it does not answer. */
    public OptionalLong sent() {
        try {
            Matcher metric = SENT.matcher(get("/q/metrics", TIMEOUT).body());
            return metric.find() ? OptionalLong.of((long) Double.parseDouble(metric.group(1))) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * @param run the run to ask the validator about, for example {@code run_1}
     * @throws StopException if no validator answers
     */
    public Aggregates aggregates(String run) throws IOException {
        String path = "/aggregates?run=" + run;
        HttpResponse<String> response;
        try {
            response = get(path, SCAN_TIMEOUT);
        } catch (ConnectException e) {
            throw new StopException("no validator answers at " + url("/")
                    + ", so its counts cannot be compared: start one, or leave out --without validator");
        }
        if (response.statusCode() != 200) {
            throw new IOException(url(path) + " answers " + response.statusCode() + ": " + response.body());
        }
        JsonNode answer = JSON.readTree(response.body());
        return new Aggregates(
                answer.path("status").asText(),
                answer.path("totalRows").asLong(-1),
                answer.path("rejected").asLong(-1));
    }

    private HttpResponse<String> get(String path, Duration timeout) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            return CLIENT.send(HttpRequest.newBuilder(uri).timeout(timeout).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the launcher", e);
        }
    }
}
