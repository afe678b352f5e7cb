package pipeline.endtoend.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pipeline.endtoend.system.ReaderTools;
import pipeline.endtoend.system.Repository;
import pipeline.endtoend.system.SystemUnderTest;

/**
 * PyIceberg and Spark, which read the tables of a run as a user does.
 *
 * @param config the properties of the catalog
 * @param temp for logs
 */
record TableReaders(Path python, Path config, Path temp) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPT =
            Repository.ROOT.resolve("end-to-end/src/test/resources/pipeline/endtoend/table/tables.py");

    /** Without Python, the test is skipped. */
    static TableReaders of(Path config, Path temp) throws IOException {
        return new TableReaders(ReaderTools.python(temp), config, temp);
    }

    /**
     * Returns every row of both tables.
     *
     * @param reader {@code pyiceberg} or {@code spark}
     */
    List<JsonNode> rows(String reader) throws IOException {
        Path output = temp.resolve(reader + ".lines");
        Process process = process(reader).redirectOutput(output.toFile()).start();
        assertThat(process.onExit().join().exitValue())
                .as(Files.readString(log(reader)))
                .isZero();
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<String> lines = Files.lines(output)) {
            for (String line : (Iterable<String>) lines::iterator) {
                rows.add(JSON.readTree(line));
            }
        }
        return rows;
    }

    /** Starts to count. */
    Counter counter() throws IOException {
        return new Counter(process("counts").start(), log("counts"));
    }

    private ProcessBuilder process(String reader) {
        ProcessBuilder builder = new ProcessBuilder(
                        python.toString(), SCRIPT.toString(), reader, config.toString(), SystemUnderTest.RUN)
                .redirectError(log(reader).toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private Path log(String reader) {
        return temp.resolve(reader + ".log");
    }

    /** PyIceberg in a process that counts when it is asked. */
    record Counter(Process process, Path log, BufferedWriter questions, BufferedReader answers)
            implements AutoCloseable {

        Counter(Process process, Path log) {
            this(
                    process,
                    log,
                    new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)),
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }

        JsonNode count() throws IOException {
            questions.write("count\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("PyIceberg ended: " + Files.readString(log));
            }
            return JSON.readTree(answer);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
