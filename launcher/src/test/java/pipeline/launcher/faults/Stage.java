package pipeline.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;

/**
 * Where one fault scenario plays: a run with some hundred events published, what its job says, and the question whether the
 * output is right.
 */
final class Stage implements AutoCloseable {
    static final int EVENTS = 300;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LOG_PREFIX = Pattern.compile("^\\d\\d:\\d\\d:\\d\\d [A-Z]+ +");

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    /** As in {@code cluster was … and is …}. */
    private static final String KAFKA_ID = "(?<= (was|is) )[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Bench bench;

    Stage(Bench bench) {
        this.bench = bench;
    }

    Bench bench() {
        return bench;
    }

    Victim job() {
        return bench.job();
    }

    /** Starts the job, and waits until its queries run. */
    void startJob() {
        startJob(Map.of());
    }

    void startJob(Map<String, String> properties) {
        bench.job().start(properties);
        said("Streaming started");
    }

    void send() {
        EventSender.send(bench.bootstrapServers(), bench.topicName(), EVENTS);
    }

    /** Sends events, and waits until all are published. */
    void publish() {
        send();
        caughtUp();
    }

    void caughtUp() {
        caughtUp(bench.job());
    }

    void caughtUp(Victim job) {
        await("the job of " + bench.topicName() + " catches up")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertThat(job.isAlive())
                            .as("the job lives, see " + job.log())
                            .isTrue();
                    return bench.isCaughtUp();
                });
    }

    /** Waits for a line of the job's present life, and returns it as {@link #lines} does. */
    String said(String part) {
        return said(bench.job(), part);
    }

    String said(Victim victim, String part) {
        await("'" + part + "' in " + victim.log())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> find(victim, part).isPresent() || !victim.isAlive());
        return find(victim, part)
                .orElseThrow(
                        () -> new AssertionError("'" + part + "' is not in " + victim.log() + ": " + tail(victim)));
    }

    private Optional<String> find(Victim victim, String part) {
        return lines(victim).stream().filter(line -> line.contains(part)).findFirst();
    }

    private List<String> tail(Victim victim) {
        List<String> lines = lines(victim);
        return lines.subList(Math.max(0, lines.size() - 5), lines.size());
    }

    long timesSaid(String part) {
        return lines(bench.job()).stream().filter(line -> line.contains(part)).count();
    }

    /** Returns what it has said in its present life, without times, and with names for what differs from run to run. */
    List<String> lines(Victim victim) {
        try {
            return victim.linesOfThisLife().stream().map(this::inGeneral).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String inGeneral(String line) {
        return LOG_PREFIX
                .matcher(line)
                .replaceFirst("")
                .replace(bench.tree().root().toString(), "OUTPUT_DIR")
                .replace(bench.bootstrapServers(), "localhost:9094")
                .replace(bench.topicName(), "events")
                .replaceAll(UUID, "…")
                .replaceAll(KAFKA_ID, "…");
    }

    void stopsWith(int exitCode) {
        stopsWith(bench.job(), exitCode);
    }

    void stopsWith(Victim victim, int exitCode) {
        assertThat(victim.hasEndedWithin(PATIENCE.toSeconds()))
                .as("the job ends by itself, see " + victim.log())
                .isTrue();
        assertThat(victim.exitCode())
                .as("exit code, see " + victim.log() + ": " + tail(victim))
                .isEqualTo(exitCode);
        saidNoStackTrace(victim);
    }

    void saidNoStackTrace(Victim victim) {
        assertThat(lines(victim).stream()
                        .filter(line -> line.matches("\\s+at .+\\(.*\\).*|Caused by: .*"))
                        .limit(1))
                .as("stack trace in " + victim.log())
                .isEmpty();
    }

    /** SIGTERM, and what it has to lead to. */
    void endsAtSigterm() {
        bench.job().askToEnd();
        stopsWith(128 + 15);
    }

    void isRight() throws IOException {
        Reckoning reckoning = new Reckoning(bench);
        reckoning.assertEveryOffsetIsThereExactlyOnce();
        reckoning.assertContentsAreWhatWasSent();
        reckoning.assertLedgerIsContinuous();
    }

    /** Waits until a check of {@code /validation} is not content, and returns its status, name and message. */
    String complaint(String check) {
        AtomicReference<String> complaint = new AtomicReference<>();
        await(check + " complains")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    JsonNode answer = JSON.readTree(bench.get("/validation").orElse("{}"));
                    for (JsonNode finding : answer.path("checks")) {
                        String status = finding.get("status").asText();
                        if (finding.get("name").asText().equals(check) && !status.equals("OK")) {
                            complaint.set(inGeneral(status + " " + check + ": "
                                    + finding.get("message").asText()));
                        }
                    }
                    return complaint.get() != null;
                });
        return complaint.get();
    }

    List<LedgerRecord> ledger() throws IOException {
        List<LedgerRecord> records = new ArrayList<>();
        for (Path file : Trees.files(bench.tree().ledger(Bench.RUN))) {
            records.add(LedgerJson.decode(Files.readAllBytes(file)));
        }
        return records;
    }

    /** Returns how many attempts at a batch there are in staging. */
    long staged() throws IOException {
        try (Stream<Path> attempts = Files.list(bench.tree().staging(Bench.RUN))) {
            return attempts.filter(Files::isDirectory).count();
        }
    }

    @Override
    public void close() {
        bench.close();
    }
}
