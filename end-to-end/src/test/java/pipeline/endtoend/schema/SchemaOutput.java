package pipeline.endtoend.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pipeline.endtoend.faults.KafkaEvents;
import pipeline.endtoend.faults.RunOutput;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;

/**
 * A run with schemas. Which values are rejected is what their sender says; all others have to be in a row, with each of their
 * fields in its column, in the name of a folder, or in {@code rescued}.
 */
final class SchemaOutput extends RunOutput<SchemaRow> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SystemUnderTest system;
    private final Map<String, String> reasons;
    /** The schemas that the run has stored, by name. */
    private final Map<String, JsonNode> stored;

    /**
     * @param schema the newest one
     * @param reasons by the {@linkplain Orders#text text} of each invalid value
     */
    SchemaOutput(SystemUnderTest system, JsonNode schema, Map<String, String> reasons) throws IOException {
        super(system, RowColumns.format(schema));
        this.system = system;
        this.reasons = reasons;
        this.stored = stored(system.tree().run(SystemUnderTest.RUN).resolve(OutputTree.SCHEMAS));
    }

    private static Map<String, JsonNode> stored(Path folder) throws IOException {
        Map<String, JsonNode> stored = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                byte[] text = Files.readAllBytes(file);
                String name = sha256(text);
                assertThat(file).hasFileName(name + ".json");
                stored.put(name, JSON.readTree(text));
            }
        }
        return stored;
    }

    private static String sha256(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Optional<String> reason(byte[] value) {
        return Optional.ofNullable(reasons.get(Orders.text(value)));
    }

    @Override
    protected boolean isSame(SchemaRow row, KafkaEvents.Entry sent) {
        return row.text().equals(row.columns().sent(sent.value()))
                && Instant.ofEpochMilli(sent.timestamp()).equals(row.kafkaTimestamp());
    }

    @Override
    public String summary() {
        return super.summary() + ", " + schemas().size() + " schemas, " + rescued() + " fields rescued in "
                + rows().stream().filter(row -> row.event().rescued() > 0).count() + " rows";
    }

    /** Returns the number of fields that the schemas did not know. */
    long rescued() {
        return rows().stream().mapToLong(row -> row.event().rescued()).sum();
    }

    /** Returns the schemas of the batches, the oldest first. */
    List<String> schemas() {
        return ledger().stream()
                .map(record -> record.schema().orElseThrow())
                .distinct()
                .toList();
    }

    @Override
    public void assertIsRight() throws IOException {
        super.assertIsRight();
        assertFilesHaveTheColumnsOfTheirSchema();
    }

    /** All columns are the event's in the schema of the file's batch, and ours. */
    private void assertFilesHaveTheColumnsOfTheirSchema() {
        Map<Path, RowColumns> files = new HashMap<>();
        rows().forEach(row ->
                files.put(row.event().columns().file(), row.event().columns()));
        files.forEach((file, columns) -> {
            long batch = OutputTree.batchOf(file.toString()).orElseThrow();
            String schema = ledger().get((int) batch).schema().orElseThrow();
            assertThat(stored).as("schemas of the run").containsKey(schema);
            assertThat(columns.names()).as("columns of %s", file).isEqualTo(properties(stored.get(schema)));
            assertThat(columns.others())
                    .as("columns of %s", file)
                    .containsExactly(
                            OutputTree.KAFKA_OFFSET,
                            OutputTree.KAFKA_PARTITION,
                            OutputTree.KAFKA_TIMESTAMP,
                            OutputTree.RESCUED);
        });
    }

    private static Set<String> properties(JsonNode schema) {
        return schema.get("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tree has what the ledger names, and nothing else but Spark's checkpoints and the lock. */
    void assertNothingElseIsThere() throws IOException {
        OutputTree tree = system.tree();
        Set<Path> expected = new TreeSet<>();
        for (LedgerRecord record : ledger()) {
            expected.add(tree.ledger(SystemUnderTest.RUN).resolve(OutputTree.recordName(record.seq())));
            expected.add(tree.schema(SystemUnderTest.RUN, record.schema().orElseThrow()));
            resolve(expected, tree.run(SystemUnderTest.RUN), record.files());
            resolve(expected, tree.rejected(SystemUnderTest.RUN), record.rejectedFiles());
        }
        expected.add(tree.staging(SystemUnderTest.RUN).resolve("lock"));
        assertThat(everyFile()).containsExactlyElementsOf(expected);
    }

    private static void resolve(Set<Path> paths, Path folder, List<LedgerFile> files) {
        files.forEach(file -> paths.add(folder.resolve(file.path())));
    }

    private List<Path> everyFile() throws IOException {
        Path checkpoints = system.tree().checkpoints(SystemUnderTest.RUN);
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(system.tree().root())) {
            files.filter(file -> !file.startsWith(checkpoints) && Files.isRegularFile(file))
                    .sorted()
                    .forEach(all::add);
        }
        return all;
    }
}
