package pipeline.endtoend.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.Repository;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.launcher.PipelineProcess;

/** Starts components with a Kafka that may not let them in, and reads what they say then. */
final class ComponentLines {
    /** Long enough for a component to start. */
    static final Duration START = Duration.ofSeconds(90);

    private ComponentLines() {}

    static void startAll(SystemUnderTest system) {
        system.validator().start();
        system.producer().start();
        system.job().start();
    }

    /** Starts {@code ./pipeline} with the file for {@code KAFKA_CONFIG_FILE}. */
    static PipelineProcess startPipeline(String servers, Path file, String topic, Path temp, String... options)
            throws IOException {
        Map<String, String> settings =
                Map.of("KAFKA_CONFIG_FILE", file.toString(), "KAFKA_TOPIC", topic, "RUN_ID", SystemUnderTest.RUN);
        String[] all = Stream.concat(
                        Stream.of("--data", temp.resolve("data").toString(), "--kafka", servers), Stream.of(options))
                .toArray(String[]::new);
        return PipelineProcess.start(Repository.SCRIPT, temp, settings, all);
    }

    /** All three components log it in one line at their start, and keep running. */
    static void saidAll(SystemUnderTest system, String line) throws IOException {
        assertThat(said(system.producer(), line)).contains("Waiting to send to topic " + system.topicName());
        assertThat(said(system.job(), line)).contains("Waiting to read topic " + system.topicName());
        awaitLag(system, line);
        saidNoStackTrace(system);
    }

    /** No component has ended, or has shown a secret, all of which contain the word {@code canary}. */
    static void saidNoStackTrace(SystemUnderTest system) throws IOException {
        for (KillableProcess component : List.of(system.producer(), system.job(), system.validator())) {
            assertThat(component.isAlive()).isTrue();
            saidNoStackTrace(component);
            assertThat(Files.readString(component.log())).doesNotContain("canary");
        }
    }

    static void saidNoStackTrace(KillableProcess component) throws IOException {
        assertThat(component.linesOfThisLife())
                .noneMatch(
                        line -> line.startsWith("\tat ") || line.startsWith("Caused by: ") || line.contains("ERROR"));
    }

    /** Waits until the validator says this in its answer to /validation. */
    static void awaitLag(SystemUnderTest system, String message) {
        await(message).atMost(START).untilAsserted(() -> assertThat(
                        system.get("/validation").orElse("").replace("\\\"", "\""))
                .contains(message));
    }

    /** Waits for a line that contains the text, and returns the first one. */
    static String said(KillableProcess component, String text) {
        await(text + " in " + component.log()).atMost(START).until(() -> count(component, text) > 0);
        try (Stream<String> lines = Files.lines(component.log())) {
            return lines.filter(line -> line.contains(text)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static long count(KillableProcess component, String text) throws IOException {
        return component.linesOfThisLife().stream()
                .filter(line -> line.contains(text))
                .count();
    }
}
