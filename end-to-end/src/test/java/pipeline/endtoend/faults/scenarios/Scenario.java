package pipeline.endtoend.faults.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;

/**
 * A fault scenario: publishes a few hundred events, reads the job's log, and checks whether the output is right.
 */
final class Scenario implements AutoCloseable {
    static final int EVENTS = 300;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LOG_PREFIX = Pattern.compile("^\\d\\d:\\d\\d:\\d\\d [A-Z]+ +");

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    /** As in {@code cluster was … and is …}. */
    private static final String KAFKA_ID = "(?<= (was|is) )[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])";

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";

    /** What the parser says depends on where the text was cut. */
    private static final String NOT_JSON = "\\(not JSON: .*\\)";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SystemUnderTest system;

    Scenario(SystemUnderTest system) {
        this.system = system;
    }

    SystemUnderTest system() {
        return system;
    }

    KillableProcess job() {
        return system.job();
    }

    /** Starts the job, and waits until its queries are running. */
    void startJob() {
        startJob(Map.of());
    }

    void startJob(Map<String, String> properties) {
        system.job().start(properties);
        said("Streaming started");
    }

    void send() {
        EventSender.send(system.bootstrapServers(), system.topicName(), EVENTS);
    }

    /** Sends events, and waits until all are published. */
    void publish() {
        send();
        caughtUp();
    }

    void caughtUp() {
        caughtUp(system.job());
    }

    void caughtUp(KillableProcess job) {
        await("the job of " + system.topicName() + " catches up")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertThat(job.isAlive())
                            .as("the job lives, see " + job.log())
                            .isTrue();
                    return system.isCaughtUp();
                });
    }

    /** Waits for a line in the job's log since its last start, and returns it as {@link #lines} does. */
    String said(String part) {
        return said(system.job(), part);
    }

    String said(KillableProcess process, String part) {
        await("'" + part + "' in " + process.log())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> find(process, part).isPresent() || !process.isAlive());
        return find(process, part)
                .orElseThrow(
                        () -> new AssertionError("'" + part + "' is not in " + process.log() + ": " + tail(process)));
    }

    private Optional<String> find(KillableProcess process, String part) {
        return lines(process).stream().filter(line -> line.contains(part)).findFirst();
    }

    private List<String> tail(KillableProcess process) {
        List<String> lines = lines(process);
        return lines.subList(Math.max(0, lines.size() - 5), lines.size());
    }

    long timesSaid(String part) {
        return lines(system.job()).stream().filter(line -> line.contains(part)).count();
    }

    /** Returns the log since the last start, without times, and with placeholders for what differs from run to run. */
    List<String> lines(KillableProcess process) {
        try {
            return process.linesOfThisLife().stream().map(this::inGeneral).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String inGeneral(String line) {
        return LOG_PREFIX
                .matcher(line)
                .replaceFirst("")
                .replace(system.tree().root().toString(), "OUTPUT_DIR")
                .replace(system.root().toString(), "DATA")
                .replaceAll("libzstd-jni-[-0-9.]+so", "libzstd-jni-….so")
                .replace(system.bootstrapServers(), "localhost:9094")
                .replace(system.topicName(), "events")
                .replaceAll(UUID, "…")
                .replaceAll(KAFKA_ID, "…")
                .replaceAll(TIME, "…")
                .replaceAll(NOT_JSON, "(not JSON: …)");
    }

    void stopsWith(int exitCode) {
        stopsWith(system.job(), exitCode);
    }

    void stopsWith(KillableProcess process, int exitCode) {
        assertThat(process.hasEndedWithin(PATIENCE.toSeconds()))
                .as("the job ends by itself, see " + process.log())
                .isTrue();
        assertThat(process.exitCode())
                .as("exit code, see " + process.log() + ": " + tail(process))
                .isEqualTo(exitCode);
        saidNoStackTrace(process);
    }

    void saidNoStackTrace(KillableProcess process) {
        assertThat(lines(process).stream()
                        .filter(line -> line.matches("\\s+at .+\\(.*\\).*|Caused by: .*"))
                        .limit(1))
                .as("stack trace in " + process.log())
                .isEmpty();
    }

    /** Sends SIGTERM, and checks the exit code and the log. */
    void endsAtSigterm() {
        system.job().askToEnd();
        stopsWith(128 + 15);
    }

    void isRight() throws IOException {
        PublishedOutput check = new PublishedOutput(system);
        check.assertEveryOffsetIsThereExactlyOnce();
        check.assertContentsAreWhatWasSent();
        check.assertLedgerIsContinuous();
        check.assertLedgerAccountsForEveryOffset();
    }

    /** Waits until a check of {@code /validation} is not OK, and returns its status, name and message. */
    String complaint(String check) {
        return awaited(check, status -> !status.equals("OK"));
    }

    /** Waits until a check of {@code /validation} fails, and returns its status, name and message. */
    String failure(String check) {
        return awaited(check, "FAILED"::equals);
    }

    private String awaited(String check, Predicate<String> status) {
        AtomicReference<String> complaint = new AtomicReference<>();
        await(check + " complains")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    JsonNode finding = finding("/validation", check);
                    if (status.test(finding.path("status").asText("OK"))) {
                        complaint.set(inGeneral(finding.get("status").asText() + " " + check + ": "
                                + finding.get("message").asText()));
                    }
                    return complaint.get() != null;
                });
        return complaint.get();
    }

    /** Returns the status of a check of {@code /validation}. */
    String status(String check) throws IOException {
        return finding("/validation", check).path("status").asText();
    }

    /** Returns what a check of {@code /validation} observes. */
    String observed(String check) throws IOException {
        return finding("/validation", check).path("observed").asText();
    }

    /** Returns the status of a check that has read every row, and its message unless it is OK. */
    String deep(String check) throws IOException {
        await("the validator").atMost(PATIENCE).until(() -> system.get("/q/health/ready")
                .isPresent());
        JsonNode finding = finding("/validation?deep=true", check);
        String status = finding.path("status").asText();
        return status.equals("OK") ? status : finding.toString();
    }

    String overall() throws IOException {
        return JSON.readTree(system.get("/validation").orElse("{}"))
                .path("status")
                .asText();
    }

    private JsonNode finding(String path, String check) throws IOException {
        for (JsonNode finding : JSON.readTree(system.get(path).orElse("{}")).path("checks")) {
            if (finding.get("name").asText().equals(check)) {
                return finding;
            }
        }
        return MissingNode.getInstance();
    }

    List<LedgerRecord> ledger() throws IOException {
        List<LedgerRecord> records = new ArrayList<>();
        for (Path file : FileTrees.files(system.tree().ledger(SystemUnderTest.RUN)).stream()
                .filter(path -> path.toString().endsWith(OutputTree.RECORD_SUFFIX))
                .toList()) {
            records.add(LedgerJson.decode(Files.readAllBytes(file)));
        }
        return records;
    }

    /** Returns how many attempts at a batch there are in staging. */
    long staged() throws IOException {
        try (Stream<Path> attempts = Files.list(system.tree().staging(SystemUnderTest.RUN))) {
            return attempts.filter(Files::isDirectory).count();
        }
    }

    @Override
    public void close() {
        system.close();
    }
}
