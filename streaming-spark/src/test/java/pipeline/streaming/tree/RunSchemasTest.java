package pipeline.streaming.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.KafkaRecords;
import pipeline.streaming.LocalSpark;
import pipeline.streaming.decode.DecodedRecords;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.Batch;
import pipeline.streaming.publish.StagedBatch;

class RunSchemasTest {
    private static final EventSchema OLD = schema("old", "\"a\": {\"type\": \"integer\"}");
    private static final EventSchema GROWN =
            schema("grown", "\"a\": {\"type\": \"integer\"}, \"b\": {\"type\": \"string\"}");
    private static final EventSchema OTHER = schema("other", "\"a\": {\"type\": \"number\"}");
    private static final EventSchema BUILT_IN = SchemaFile.builtIn();

    @TempDir
    private Path output;

    private RunLayout layout;

    private static EventSchema schema(String name, String properties) {
        String text = "{\"type\": \"object\", \"properties\": {" + properties + "}}";
        return SchemaFile.parse(name + ".schema.json", text.getBytes(UTF_8));
    }

    @BeforeEach
    void createFolders() {
        layout = new RunLayout(new OutputTree(output), "1");
        layout.prepare();
    }

    private RunSchemas schemas(EventSchema schema) {
        return new RunSchemas(layout, schema);
    }

    private static Optional<Batch> last(EventSchema schema) {
        return Optional.of(batch(schema));
    }

    private Path file(EventSchema schema) {
        return layout.schema(schema.storedName().orElseThrow());
    }

    @Test
    void areStoredOnceUnderTheirHash() throws IOException {
        schemas(OLD).store();
        Files.setLastModifiedTime(file(OLD), FileTime.fromMillis(0));
        schemas(OLD).store();

        assertThat(file(OLD))
                .hasContent(OLD.text())
                .hasParentRaw(layout.parquet().resolve("_schema"));
        assertThat(Files.getLastModifiedTime(file(OLD)).toMillis()).isZero();
        assertThat(layout.staging()).isEmptyDirectory();
    }

    @Test
    void areStoredAfterACrashBetweenAnyTwoSteps() throws IOException {
        Path aside = layout.staging().resolve("half-a-schema.schema");
        List<Crash> states = List.of(
                () -> {},
                () -> Files.createDirectories(file(OLD).getParent()),
                () -> Files.writeString(aside, "{"),
                () -> Files.writeString(aside, OLD.text()),
                () -> schemas(OLD).store());
        for (Crash state : states) {
            state.leave();

            new RunRecovery(layout, Clock.systemUTC()).recover();
            schemas(OLD).store();

            assertThat(file(OLD)).hasContent(OLD.text());
            assertThat(layout.staging()).isEmptyDirectory();
            FileUtils.deleteDirectory(file(OLD).getParent().toFile());
        }
    }

    /** What a crash leaves. */
    private interface Crash {
        void leave() throws IOException;
    }

    @Test
    void ofTwoJobsAreThoseOfTheOneThatPublishes() throws IOException {
        StagedBatch first = staged(OLD);
        StagedBatch second = staged(GROWN);

        first.publish(batch(OLD));

        assertThatThrownBy(() -> second.publish(batch(GROWN)))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageStartingWith("Another job has committed batch 0 of run 1");
        assertThat(new Ledger(layout).last().orElseThrow().schema()).isEqualTo(OLD.storedName());
        assertThat(ForeignReader.files(layout.parquet())).hasSize(1);
    }

    private StagedBatch staged(EventSchema schema) throws IOException {
        DecodedRecords decoded = new DecodedRecords(LocalSpark.session(), schema);
        ParquetTree tree =
                new ParquetTree(layout, schema, null, new Publication(layout, Clock.systemUTC(), step -> {}));
        List<Row> records = List.of(KafkaRecords.record(0, 0, "{\"a\": 1}".getBytes(UTF_8)));
        return tree.stage(0, decoded.events(LocalSpark.batch(records, decoded)));
    }

    private static Batch batch(EventSchema schema) {
        return new Batch(
                0,
                new TopicIdentity("c", "orders", "t"),
                schema.storedName(),
                ReadOffsets.of(Map.of(0, new OffsetRange(0, 1))));
    }

    @Test
    void areNotStoredForTheBuiltInEvent() throws IOException {
        schemas(BUILT_IN).store();

        assertThat(layout.parquet().resolve("_schema")).doesNotExist();
    }

    @Test
    void mayGrow() throws IOException {
        schemas(OLD).store();

        schemas(GROWN).requireContinuable(last(OLD));
        schemas(OLD).requireContinuable(last(OLD));
        schemas(OLD).requireContinuable(Optional.empty());
        schemas(BUILT_IN).requireContinuable(last(BUILT_IN));
    }

    @Test
    void mayNotChangeOtherwise() throws IOException {
        schemas(OLD).store();

        stops(
                OTHER,
                OLD,
                "other.schema.json: /properties/a/type: integer in the run, but number in the file; set RUN_ID to a new"
                        + " name");
        stops(
                OTHER,
                BUILT_IN,
                "Run 1 has events without a schema, and the job has other.schema.json; set RUN_ID to a new name");
        stops(
                BUILT_IN,
                OLD,
                "Run 1 has events of the schema " + file(OLD) + ", and the job has none; set RUN_ID to a new name");
    }

    @Test
    void areReadOnlyAsTheyWereStored() throws IOException {
        stops(
                GROWN,
                OLD,
                "The schema of the newest batch cannot be used: " + file(OLD)
                        + ": there is no such file; a JSON Schema file is needed. Restore it from a copy, or set RUN_ID to a new name.");
        Files.createDirectories(file(OLD).getParent());
        Files.writeString(file(OLD), GROWN.text());
        stops(
                GROWN,
                OLD,
                "The schema of the newest batch cannot be used: " + file(OLD)
                        + ": its text is not the one that it is named after. Restore it from a copy, or set RUN_ID to a"
                        + " new name.");
    }

    private void stops(EventSchema job, EventSchema run, String line) {
        assertThatThrownBy(() -> schemas(job).requireContinuable(last(run)))
                .isInstanceOf(CannotContinueException.class)
                .hasMessage(line);
    }
}
