package pipeline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pipeline.producer.observe.Deliveries.Totals;

/** The packaged producer, as a jar or a native binary, started as users start it. */
final class ProducerProcess implements AutoCloseable {
    private static final Pattern LAST_LINE =
            Pattern.compile(".*Producer stopped\\. sent=(\\d+), acked=(\\d+), failed=(\\d+), skipped=(\\d+)");

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> read;

    private ProducerProcess(Process process) {
        this.process = process;
        this.read = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> read(process.inputReader(), out), task -> new Thread(task).start()),
                CompletableFuture.runAsync(() -> read(process.errorReader(), err), task -> new Thread(task).start()));
    }

    /** Starts it with only these settings, on a free port unless they set one. */
    static ProducerProcess start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().keySet().removeIf(name -> name.matches("(KAFKA|PRODUCER|QUARKUS|MP)_.*"));
        builder.environment().keySet().removeAll(List.of("MSGS_PER_SEC", "EVENT_LIMIT"));
        builder.environment().put("PRODUCER_PORT", Integer.toString(BrokerProcess.freePort()));
        builder.environment().putAll(environment);
        return new ProducerProcess(builder.start());
    }

    /** Quarkus' build describes its result here. */
    private static Properties artifact() throws IOException {
        Properties artifact = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("target/quarkus-artifact.properties"))) {
            artifact.load(reader);
        }
        return artifact;
    }

    static boolean isNative() throws IOException {
        return artifact().getProperty("type").equals("native");
    }

    private static List<String> command() throws IOException {
        String path = Path.of("target", artifact().getProperty("path")).toString();
        return isNative()
                ? List.of(path)
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", path);
    }

    List<String> out() {
        return out;
    }

    List<String> err() {
        return err;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitLine(String part) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(out).anyMatch(line -> line.contains(part)));
    }

    void terminate() {
        // Process.destroy() would close the output before the last line is read.
        process.toHandle().destroy();
    }

    /** Waits until the process ends and returns the exit code. */
    int exitCode() throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended: %s", out).isTrue();
        read.get(10, TimeUnit.SECONDS);
        return process.exitValue();
    }

    /** Returns the counts in the last line; fails if there are none. */
    Totals totals() {
        Matcher last = LAST_LINE.matcher(out.get(out.size() - 1));
        assertThat(last.matches()).as("last line of %s", out).isTrue();
        return new Totals(
                Long.parseLong(last.group(1)),
                Long.parseLong(last.group(2)),
                Long.parseLong(last.group(3)),
                Long.parseLong(last.group(4)));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static void read(BufferedReader reader, List<String> lines) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("output of the producer", e);
        }
    }
}
