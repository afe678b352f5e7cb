package pipeline.endtoend.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the {@code docker} command, and says what it printed when it failed. */
record Docker(Path folder, Map<String, String> environment) {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /** @param code its exit code */
    record Result(int code, String output) {}

    /** Skips the test if no Docker engine with Compose is available, and prints why. */
    static void assumeItAnswers() throws IOException {
        Docker docker = new Docker(Path.of("").toAbsolutePath(), Map.of());
        for (List<String> question : List.of(List.of("info"), List.of("compose", "version"))) {
            String why = docker.answers(question);
            if (!why.isEmpty()) {
                String line = "The compose tests are skipped: docker " + String.join(" ", question) + " says: " + why;
                System.out.println(line);
                Assumptions.abort(line);
            }
        }
    }

    /** Returns an empty text if the command succeeds, or else the last line of its output. */
    private String answers(List<String> question) throws IOException {
        try {
            Result result = tryTo(question.toArray(String[]::new));
            String said = result.output().strip();
            return result.code() == 0 ? "" : said.substring(said.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    String run(String... arguments) throws IOException {
        Result result = tryTo(arguments);
        assertThat(result.code())
                .as("docker %s%n%s", String.join(" ", arguments), result.output())
                .isZero();
        return result.output();
    }

    Result tryTo(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("docker", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("docker " + String.join(" ", arguments) + " takes more than " + LIMIT
                        + ": " + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(output);
        }
    }
}
