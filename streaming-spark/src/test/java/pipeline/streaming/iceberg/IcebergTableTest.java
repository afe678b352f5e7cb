package pipeline.streaming.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pipeline.streaming.KafkaRecords.NOT_JSON;
import static pipeline.streaming.KafkaRecords.events;
import static pipeline.streaming.KafkaRecords.record;
import static pipeline.streaming.iceberg.Lake.offsets;
import static pipeline.streaming.iceberg.Lake.withRejected;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.output.OutputTables;
import pipeline.events.output.StopVerdict;
import pipeline.events.output.TableRecord;
import pipeline.events.output.TableRecord.Counts;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.FakeLog;
import pipeline.streaming.LocalSpark;
import pipeline.streaming.iceberg.Lake.Job;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.PublicationStep;

class IcebergTableTest {
    /** Stands for the death of the process: the job does nothing after it. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void createLake() {
        lake = new Lake(folder);
    }

    @Test
    void publishesEveryOffsetOfABatchOnce() throws IOException {
        try (Job job = lake.start()) {
            job.publish(withRejected(0));
            job.publish(withRejected(10));
        }

        assertThat(lake.offsets()).isEqualTo(offsets(0, 20));
        TableRecord record = lake.record().orElseThrow();
        assertThat(record.commit().run()).isEqualTo("1");
        assertThat(record.commit().seq()).isEqualTo(1);
        assertThat(record.batch()).isEqualTo(new Counts(9, 1, 0, 0));
        assertThat(record.total()).isEqualTo(new Counts(18, 2, 0, 0));
        assertThat(record.first()).isEqualTo(Map.of(0, 0L, 1, 0L));
        assertThat(lake.events().currentSnapshot().summary())
                .containsEntry(OutputTables.RECORD, lake.events().properties().get(OutputTables.RECORD));
    }

    @Test
    void hasTheColumnsOfTheEvents() throws IOException {
        try (Job job = lake.start()) {
            job.publish(events(0, 0, 5));
        }

        Table table = lake.events();
        assertThat(table.schema().asStruct().fields())
                .extracting(field -> field.name() + " " + field.type() + (field.isOptional() ? "" : " not null"))
                .containsExactly(
                        "ts timestamptz not null",
                        "value double not null",
                        "source string not null",
                        "kafka_partition int not null",
                        "kafka_offset long not null",
                        "id int not null");
        assertThat(table.spec().fields()).singleElement().hasToString("1000: id: identity(6)");
        assertThat(table.location()).isEqualTo("file://" + folder.resolve("lake/pipeline/run_1"));
        assertThat(table.newScan().planFiles())
                .hasSize(5)
                .allSatisfy(task -> assertThat(task.file().location()).startsWith(table.location() + "/data/id="));
    }

    @Test
    void keepsRejectedEventsGapsAndAbsentOffsetsInTheOtherTable() throws IOException {
        try (Job job = lake.start()) {
            job.publish(events(0, 0, 2));
        }
        lake.topic = FakeLog.snapshot(Lake.TOPIC, Map.of(0, 5L, 1, 0L), lake.topic.ends());
        lake.log = new FakeLog(lake.topic).without(0, 6, 7).without(1, 0);
        lake.onDataLoss = OnDataLoss.RECORD;
        List<Row> records = new ArrayList<>(events(0, 5, 6));
        records.add(record(1, 1, new byte[] {(byte) 0xff}, NOT_JSON));

        try (Job job = lake.start()) {
            job.publish(records, Map.of(0, 8L, 1, 2L));
        }

        assertThat(Lake.rows(lake.rejected()))
                .extracting(row -> row.copy().toString().replaceAll("^Record|, null", ""))
                .containsExactlyInAnyOrder(
                        "(rejected, 1, 1, 2, 2026-11-22T12:34:57Z, not JSON: Unrecognized token 'oops': was expecting"
                                + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false') at character 4,"
                                + " /w==, oops)",
                        "(absent, 0, 6, 8)",
                        "(absent, 1, 0, 1)",
                        "(gap, 0, 2, 5, aged out before it was read)");
        TableRecord record = lake.record().orElseThrow();
        assertThat(record.batch()).isEqualTo(new Counts(1, 1, 3, 3));
        assertThat(record.read().gaps()).containsExactly(new OffsetGap(0, 2, 5, "aged out before it was read"));
        assertThat(record.read().absent().orElseThrow().counts()).isEqualTo(Map.of(0, 2L, 1, 1L));
        assertThat(record.rejectedFiles()).hasSize(3);
    }

    @Test
    void commitsABatchOfNothingButAbsentOffsets() throws IOException {
        lake.log.without(0, 0, 1);

        try (Job job = lake.start()) {
            job.publish(List.of(), Map.of(0, 2L, 1, 0L));
        }

        assertThat(lake.offsets()).isEqualTo(offsets(0, 2));
        assertThat(lake.record().orElseThrow().total()).isEqualTo(new Counts(0, 0, 0, 2));
    }

    @Test
    void leavesNoTraceOfABatchWithoutOffsets() throws IOException {
        try (Job job = lake.start()) {
            job.publish(List.of(), Map.of(0, 0L, 1, 0L));
        }

        assertThat(lake.record()).isEmpty();
        assertThat(lake.events().currentSnapshot()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = PublicationStep.class,
            names = {"PARTLY_PUBLISHED", "PUBLISHED"},
            mode = EnumSource.Mode.EXCLUDE)
    void hasEachOffsetOnceAfterACrash(PublicationStep last) throws IOException {
        try (Job job = lake.start()) {
            job.publish(withRejected(0));
        }
        try (Job doomed = lake.start(step -> {
            if (step == last) {
                throw new Crash();
            }
        })) {
            assertThatThrownBy(() -> doomed.publish(withRejected(10))).isInstanceOf(Crash.class);
        }
        List<String> visible = lake.offsets();

        try (Job next = lake.start()) {
            assertThat(lake.offsets()).containsAll(visible);
            long from = next.publisher().next().readFrom().get(0);
            assertThat(from).isEqualTo(last.compareTo(PublicationStep.COMMITTED) < 0 ? 10 : 20);
            next.publish(withRejected(from));
        }

        long batches = last.compareTo(PublicationStep.COMMITTED) < 0 ? 2 : 3;
        assertThat(lake.offsets()).isEqualTo(offsets(0, 10 * batches));
        assertThat(lake.record().orElseThrow().total()).isEqualTo(new Counts(9 * batches, batches, 0, 0));
    }

    @Test
    void stopsWhenAnotherJobHasCommittedTheSameBatch() throws IOException {
        try (Job first = lake.start();
                Job second = lake.start()) {
            first.publish(withRejected(0));

            assertThatThrownBy(() -> second.publish(withRejected(0)))
                    .isInstanceOf(CannotContinueException.class)
                    .hasMessage(
                            "Another job has committed batch 0 of run 1: two jobs write table pipeline.pipeline.run_1."
                                    + " Stop one of them, then start this one again.");
        }
        assertThat(lake.offsets()).isEqualTo(offsets(0, 10));
    }

    @Test
    void letsOneJobOfAMachineIn() throws IOException {
        Path checkpoints = folder.resolve("checkpoints");
        try (IcebergTable sink = lake.open(SchemaFile.builtIn(), checkpoints, step -> {})) {
            sink.requireUsable();
            assertThat(sink.checkpoint("averages").location()).isEqualTo("file:" + checkpoints.resolve("averages"));

            assertThatThrownBy(() -> lake.open(SchemaFile.builtIn(), checkpoints, step -> {}))
                    .isInstanceOf(CannotContinueException.class)
                    .hasMessageStartingWith("Another job is writing run 1 in " + checkpoints);
        }
        lake.open(SchemaFile.builtIn(), checkpoints, step -> {}).close();
    }

    @Test
    void resumesAfterCompactionAndExpiry() throws IOException {
        try (Job job = lake.start()) {
            for (int batch = 0; batch < 3; batch++) {
                job.publish(withRejected(batch * 10L));
                // The job has seen none of these commits when it makes its next one.
                compact(lake.events());
                compact(lake.rejected());
                lake.events()
                        .expireSnapshots()
                        .retainLast(1)
                        .expireOlderThan(Long.MAX_VALUE)
                        .commit();
                lake.rejected()
                        .expireSnapshots()
                        .retainLast(1)
                        .expireOlderThan(Long.MAX_VALUE)
                        .commit();
            }
        }
        Snapshot head = lake.events().currentSnapshot();
        assertThat(head.operation()).isEqualTo("replace");
        assertThat(lake.events().snapshots()).hasSize(1);

        try (Job job = lake.start()) {
            assertThat(job.publisher().next().readFrom()).isEqualTo(Map.of(0, 30L, 1, 0L));
            job.publish(withRejected(30));
        }

        assertThat(lake.offsets()).isEqualTo(offsets(0, 40));
    }

    private static void compact(Table table) {
        SparkActions.get(LocalSpark.session())
                .rewriteDataFiles(table)
                .option("min-input-files", "1")
                .option("rewrite-all", "true")
                .execute();
    }

    @Test
    void stopsWithoutARecordOnATableWithRows() throws IOException {
        try (Job job = lake.start()) {
            job.publish(events(0, 0, 5));
        }
        lake.events().updateProperties().remove(OutputTables.RECORD).commit();

        assertRefused(
                "The record of the newest batch, property pipeline.record of table pipeline.pipeline.run_1, is missing,"
                        + " although the table has snapshots. Restore the property, or set RUN_ID to another name.");
    }

    @Test
    void stopsWhenARecordIsDamagedOrOfAnotherRun() throws IOException {
        try (Job job = lake.start()) {
            job.publish(events(0, 0, 5));
        }
        String record = lake.events().properties().get(OutputTables.RECORD);

        setRecord(record.replace("\"rows\":5", "\"rows\":4"));
        assertRefused(
                "The record of the newest batch, property pipeline.record of table pipeline.pipeline.run_1, is damaged"
                        + " (events is 5, but rows + rejected is 4). Restore the property, or set RUN_ID to another name.");
        setRecord(record.replace("\"run\":\"1\"", "\"run\":\"2\""));
        assertRefused(
                "The record of the newest batch, property pipeline.record of table pipeline.pipeline.run_1, is of run 2."
                        + " Restore the property, or set RUN_ID to another name.");
    }

    private void setRecord(String record) {
        lake.events().updateProperties().set(OutputTables.RECORD, record).commit();
    }

    @Test
    void stopsWhenTheOtherTableIsAhead() throws IOException {
        try (Job job = lake.start()) {
            job.publish(events(0, 0, 5));
        }
        lake.rejected().updateProperties().set(OutputTables.BATCH, "7").commit();

        assertRefused(
                "Table pipeline.pipeline.rejected_1 has batch 7, but the record of table pipeline.pipeline.run_1 ends"
                        + " with batch 0. Restore both tables to the same time, or set RUN_ID to another name.");
    }

    @Test
    void stopsWhenTheTableHasAnotherShape() throws IOException {
        lake.start().close();
        lake.events().updateSchema().renameColumn("value", "price").commit();
        assertRefused(
                "Table pipeline.pipeline.run_1 is not one for the events of run 1: its column value is missing. Undo what"
                        + " changed it, or set RUN_ID to another name.");
        lake.events()
                .updateSchema()
                .renameColumn("price", "value")
                .makeColumnOptional("ts")
                .commit();
        assertRefused(
                "Table pipeline.pipeline.run_1 is not one for the events of run 1: its column ts is timestamp instead of"
                        + " timestamp not null. Undo what changed it, or set RUN_ID to another name.");
        lake.events()
                .updateSchema()
                .allowIncompatibleChanges()
                .requireColumn("ts")
                .commit();
        lake.events().updateSpec().removeField("id").commit();
        assertRefused(
                "Table pipeline.pipeline.run_1 is not one for the events of run 1: it is partitioned by [] instead of"
                        + " [identity(id)]. Undo what changed it, or set RUN_ID to another name.");
    }

    @Test
    void stopsWhenTheOtherTableHasAnotherShape() throws IOException {
        lake.start().close();
        lake.rejected().updateSchema().deleteColumn("payload").commit();

        assertThatThrownBy(lake::start)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageStartingWith(
                        "Table pipeline.pipeline.rejected_1 is not one for rejected events: its columns are"
                                + " struct<kind:string,kafka_partition:int,kafka_offset:bigint,kafka_until:bigint,")
                .hasMessageEndingWith(", without partitions. Undo what changed it, or set RUN_ID to another name.");
    }

    private void assertRefused(String line) {
        assertThatThrownBy(lake::start)
                .isInstanceOf(CannotContinueException.class)
                .hasMessage(line);
    }

    @Test
    void keepsAVerdictUntilKafkaHasTheRecordsOfAllItsPartitions() throws IOException {
        StopVerdict verdict = new StopVerdict(Instant.EPOCH, List.of(0, 2), "Kafka lost events");
        try (Job job = lake.start()) {
            job.sink().dropVerdict(Set.of());
            job.sink().keep(verdict);

            assertThat(lake.events().properties().get(OutputTables.STOPPED))
                    .isEqualTo(
                            "{\"at\":\"1970-01-01T00:00:00.000000Z\",\"partitions\":[0,2],\"reason\":\"Kafka lost events\"}");
            job.sink().dropVerdict(Set.of(0, 1));
            assertThat(lake.events().properties()).containsKey(OutputTables.STOPPED);
            job.sink().dropVerdict(Set.of(0, 1, 2));
            assertThat(lake.events().properties()).doesNotContainKey(OutputTables.STOPPED);
        }
    }

    @Test
    void dropsTheFilesOfABatchThatIsReadAgain() throws IOException {
        lake.log = new FakeLog(lake.topic, FakeLog.withEpoch(lake.topic, 1));
        try (Job job = lake.start()) {
            job.publish(withRejected(0));
        }

        assertThat(lake.offsets()).isEqualTo(offsets(0, 10));
        try (Stream<Path> files = Files.walk(folder.resolve("lake/pipeline"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(6);
        }
    }
}
