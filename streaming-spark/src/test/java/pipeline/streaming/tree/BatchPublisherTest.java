package pipeline.streaming.tree;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pipeline.streaming.KafkaRecords.NOT_JSON;
import static pipeline.streaming.KafkaRecords.events;
import static pipeline.streaming.KafkaRecords.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.AbsentFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.FakeLog;
import pipeline.streaming.KafkaRecords;
import pipeline.streaming.LocalSpark;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.RunLock;
import pipeline.streaming.publish.Batch;
import pipeline.streaming.publish.BatchPublisher;
import pipeline.streaming.publish.PublicationStep;
import pipeline.streaming.publish.PublisherMetrics;
import pipeline.streaming.publish.ResumePoint;
import pipeline.streaming.publish.Sink;
import pipeline.streaming.records.EventsLostException;

class BatchPublisherTest {
    private static final TopicIdentity TOPIC = new TopicIdentity("cluster", "events", "topic-id");
    private static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    /** Stands for the death of the process: the job does nothing after it. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    Path output;

    private RunLayout folders;
    private SourceTopic.Snapshot topic = FakeLog.snapshot(TOPIC, Map.of(0, 0L, 1, 0L), Map.of(0, 100L, 1, 100L));
    private FakeLog log = new FakeLog(topic);

    @BeforeEach
    void createFolders() {
        folders = new RunLayout(new OutputTree(output), "1");
        folders.prepare();
    }

    @Test
    void publishesEveryEventOfABatchUnderItsFinalName() throws IOException {
        publish(starting(), events(0, 0, 10));

        assertThat(ForeignReader.offsets(folders.parquet())).isEqualTo(offsets(0, 0, 10));
        assertThat(ForeignReader.files(folders.parquet()))
                .extracting(file -> folders.parquet().relativize(file).toString())
                .containsExactly(
                        "id=0/part-0000000000-0.parquet",
                        "id=1/part-0000000000-1.parquet",
                        "id=2/part-0000000000-2.parquet",
                        "id=3/part-0000000000-3.parquet",
                        "id=4/part-0000000000-4.parquet");
    }

    @Test
    void keepsTheColumnsOfTheContract() throws IOException {
        publish(starting(), events(0, 0, 1));

        Group row = ForeignReader.rows(folders.parquet()).get(0);
        assertThat(row.getType().getFields())
                .extracting(Object::toString)
                .containsExactly(
                        "required int64 ts (TIMESTAMP(MICROS,true))",
                        "required double value",
                        "required binary source (STRING)",
                        "required int32 kafka_partition",
                        "required int64 kafka_offset");
    }

    @Test
    void accountsForEveryOffsetInTheLedger() throws IOException {
        List<Row> records = new ArrayList<>(events(0, 0, 5));
        records.add(record(1, 0, NOT_JSON));
        records.add(record(1, 1, null));

        publish(starting(), records);

        LedgerRecord record = last();
        assertThat(record.seq()).isZero();
        assertThat(record.committedAt()).isEqualTo(NOW);
        assertThat(record.offsets()).isEqualTo(Map.of(0, new OffsetRange(0, 5), 1, new OffsetRange(0, 2)));
        assertThat(record.events()).isEqualTo(7);
        assertThat(record.rows()).isEqualTo(5);
        assertThat(record.rejected()).isEqualTo(2);
        assertThat(record.files()).hasSize(5).allSatisfy(file -> {
            assertThat(file.rows()).isEqualTo(1);
            assertThat(folders.parquet().resolve(file.path())).hasSize(file.bytes());
        });
        assertThat(record.rejectedFiles()).singleElement().satisfies(file -> {
            assertThat(file.rows()).isEqualTo(2);
            assertThat(folders.rejected().resolve(file.path())).hasSize(file.bytes());
        });
    }

    @Test
    void writesOneLinePerRejectedEvent() throws IOException {
        publish(starting(), List.of(record(0, 0, NOT_JSON), record(0, 1, "a\nb".getBytes())));

        assertThat(Files.readAllLines(folders.rejected().resolve("part-0000000000-0.jsonl")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"partition\":0,\"offset\":")
                        .endsWith("}"));
        assertThat(ForeignReader.files(folders.parquet())).isEmpty();
    }

    @Test
    void continuesFromBatchToBatch() throws IOException {
        BatchPublisher publisher = starting();

        publish(publisher, events(0, 0, 5));
        publish(publisher, events(0, 5, 8));

        assertThat(last().seq()).isEqualTo(1);
        assertThat(last().offsets()).containsEntry(0, new OffsetRange(5, 8));
        assertThat(ForeignReader.offsets(folders.parquet())).isEqualTo(offsets(0, 0, 8));
    }

    @Test
    void leavesNoTraceOfABatchWithoutEvents() throws IOException {
        starting().publish(LocalSpark.batch(List.of()), Map.of(0, 0L, 1, 0L));

        assertThat(new Ledger(folders).last()).isEmpty();
        assertThat(files(folders.staging())).isEmpty();
    }

    @Test
    void stopsWhenEventsOfTheOffsetRangeAreMissing() {
        BatchPublisher publisher = starting();

        assertThatThrownBy(() -> publisher.publish(LocalSpark.batch(events(0, 0, 9)), Map.of(0, 10L, 1, 0L)))
                .isInstanceOf(CannotContinueException.class)
                .hasMessage("Kafka has a record at partition 0 offset 9, but Spark did not read it");
        assertNothingPublished();
    }

    @Test
    void stopsWhenAnEventCameTwice() {
        List<Row> records = new ArrayList<>(events(0, 0, 10));
        records.addAll(events(0, 3, 4));
        BatchPublisher publisher = starting();

        assertThatThrownBy(() -> publish(publisher, records))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("Spark read partition 0 offset 3 twice");
        assertNothingPublished();
    }

    @Test
    void stopsWhenTheTopicWasMadeAgain() {
        log = new FakeLog(
                FakeLog.snapshot(new TopicIdentity("cluster", "events", "other-id"), topic.beginnings(), topic.ends()));
        BatchPublisher publisher = starting();

        assertThatThrownBy(() -> publish(publisher, events(0, 0, 5)))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("topic id was topic-id and is other-id")
                .hasMessageContaining("Set RUN_ID or OUTPUT_DIR");
        assertNothingPublished();
    }

    @Test
    void recordsAGapOnceWithTheBatchThatFollowsIt() throws IOException {
        publish(starting(), events(0, 0, 5));
        topic = FakeLog.snapshot(TOPIC, Map.of(0, 8L, 1, 0L), topic.ends());
        BatchPublisher publisher = restarted(OnDataLoss.RECORD);

        publish(publisher, events(0, 8, 10));

        assertThat(last().gaps()).containsExactly(new OffsetGap(0, 5, 8, "aged out before it was read"));
        assertThat(last().offsets()).containsEntry(0, new OffsetRange(5, 10));
        assertThat(last().events()).isEqualTo(2);

        publish(publisher, events(0, 10, 12));
        assertThat(last().gaps()).isEmpty();
    }

    @Test
    void commitsAGapAtTheEndOfATopic() throws IOException {
        publish(starting(), events(0, 0, 5));
        topic = FakeLog.snapshot(TOPIC, Map.of(0, 8L, 1, 0L), Map.of(0, 8L, 1, 0L));
        BatchPublisher publisher = restarted(OnDataLoss.RECORD);

        publish(publisher, List.of());

        assertThat(last().gaps()).containsExactly(new OffsetGap(0, 5, 8, "aged out before it was read"));
        assertThat(last().events()).isZero();
        assertThat(last().files()).isEmpty();
        assertThat(files(folders.staging())).isEmpty();
    }

    @Test
    void recordsOffsetsThatHaveNoRecord() throws IOException {
        List<Row> records = new ArrayList<>(events(0, 2, 6));
        records.add(record(1, 0, NOT_JSON));
        log.without(0, 0, 1, 6, 7, 9).without(1, 1);
        records.addAll(events(0, 8, 9));

        starting().publish(LocalSpark.batch(records), Map.of(0, 10L, 1, 2L));

        LedgerRecord record = last();
        assertThat(record.version()).isEqualTo(2);
        assertThat(record.events()).isEqualTo(6);
        assertThat(record.rows()).isEqualTo(5);
        assertThat(record.rejected()).isEqualTo(1);
        AbsentOffsets absent = record.read().absent().orElseThrow();
        assertThat(absent.counts()).isEqualTo(Map.of(0, 5L, 1, 1L));
        Path file = folders.ledger().resolve(absent.file());
        assertThat(file).hasFileName("0000000000.absent").hasSize(absent.bytes());
        assertThat(AbsentFile.decode(Files.readAllBytes(file)))
                .isEqualTo(Map.of(
                        0, List.of(new OffsetRange(0, 2), new OffsetRange(6, 8), new OffsetRange(9, 10)),
                        1, List.of(new OffsetRange(1, 2))));
        assertThat(files(folders.staging())).isEmpty();
    }

    @Test
    void commitsABatchOfNothingButAbsentOffsets() throws IOException {
        log.without(0, 0, 1);

        starting().publish(LocalSpark.batch(List.of()), Map.of(0, 2L, 1, 0L));

        assertThat(last().events()).isZero();
        assertThat(last().read().absent().orElseThrow().counts()).isEqualTo(Map.of(0, 2L));
        assertThat(last().read().lastRead()).isEmpty();
    }

    @Test
    void doesNotLookForRejectedEventsWhenKafkaHasNoMoreRecordsThanThereAreRows() throws IOException {
        log.without(0, 5);

        starting().publish(LocalSpark.batch(events(0, 0, 5)), Map.of(0, 6L, 1, 0L));

        assertThat(last().rejectedFiles()).isEmpty();
        assertThat(files(folders.rejected())).isEmpty();
    }

    @Test
    void takesARecordThatWasCompactedAfterItWasRead() throws IOException {
        log.without(0, 3, 6);

        starting().publish(LocalSpark.batch(events(0, 0, 6)), Map.of(0, 7L, 1, 0L));

        assertThat(last().rows()).isEqualTo(6);
        assertThat(last().read().absent().orElseThrow().counts()).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void keepsTheLastRecordOfEachPartition() throws IOException {
        List<Row> records = new ArrayList<>(events(0, 0, 5));
        records.add(record(1, 0, NOT_JSON));
        BatchPublisher publisher = starting();
        publish(publisher, records);
        RecordIdentity ofPartition1 = last().read().lastRead().get(1);

        publish(publisher, events(0, 5, 8));

        Row row = events(0, 7, 8).get(0);
        assertThat(ofPartition1).isEqualTo(RecordIdentity.of(0, KafkaRecords.MILLIS, new byte[] {'1'}, NOT_JSON));
        assertThat(last().read().lastRead())
                .isEqualTo(Map.of(
                        0, RecordIdentity.of(7, KafkaRecords.MILLIS, row.getAs(0), row.getAs(1)), 1, ofPartition1));
    }

    @Test
    void readsABatchAgainDuringWhichAPartitionGotAnotherLeader() throws IOException {
        log = new FakeLog(topic, FakeLog.withEpoch(topic, 1));
        List<PublicationStep> seen = new ArrayList<>();

        publish(starting(OnDataLoss.STOP, seen::add), events(0, 0, 5));

        assertThat(log.comparisons).isEqualTo(1);
        assertThat(seen.stream().filter(step -> step == PublicationStep.STAGED)).hasSize(2);
        assertThat(ForeignReader.offsets(folders.parquet())).isEqualTo(offsets(0, 0, 5));
        assertThat(files(folders.staging())).isEmpty();
    }

    @Test
    void readsABatchOnceWhenTheLeaderHasChangedBeforeIt() throws IOException {
        log = new FakeLog(FakeLog.withEpoch(topic, 1));
        List<PublicationStep> seen = new ArrayList<>();

        publish(starting(OnDataLoss.STOP, seen::add), events(0, 0, 5));

        assertThat(log.comparisons).isEqualTo(1);
        assertThat(seen.stream().filter(step -> step == PublicationStep.STAGED)).hasSize(1);
    }

    @Test
    void stopsWhenTheNewLeaderHasOtherRecords() throws IOException {
        publish(starting(), events(0, 0, 5));
        log = new FakeLog(topic, FakeLog.withEpoch(topic, 1));
        log.lost.addAll(List.of(0, 1, 2, 3, 4));
        BatchPublisher publisher = starting();

        assertThatThrownBy(() -> publish(publisher, events(0, 5, 9)))
                .isInstanceOf(EventsLostException.class)
                .hasMessageStartingWith(
                        "Kafka lost events that this run has: partition 0; partition 1; partition 2; and 2 more"
                                + " partitions. Set RUN_ID");
        assertThat(ForeignReader.offsets(folders.parquet())).isEqualTo(offsets(0, 0, 5));
    }

    @ParameterizedTest
    @EnumSource(PublicationStep.class)
    void publishesEachEventOnceWhenTheJobDiesAfter(PublicationStep step) throws IOException {
        log.without(0, 15);
        publish(starting(), batchWithRejected(0));
        BatchPublisher doomed = starting(OnDataLoss.STOP, reached -> {
            if (reached == step) {
                throw new Crash();
            }
        });
        List<Row> batch = batchWithRejected(10);
        batch.removeIf(row -> row.getLong(3) == 15);
        assertThatThrownBy(() -> publish(doomed, batch)).isInstanceOf(Crash.class);

        List<String> seenBetween = ForeignReader.offsets(folders.parquet());
        BatchPublisher next = restarted(OnDataLoss.STOP);
        boolean committed = last().seq() == 1;
        if (!committed) {
            publish(next, batch);
        }

        assertThat(committed).isEqualTo(step.compareTo(PublicationStep.PREPARED) >= 0);
        assertThat(seenBetween).containsAll(offsets(0, 0, 9)).doesNotHaveDuplicates();
        List<String> expected = Stream.concat(offsets(0, 0, 9).stream(), offsets(0, 10, 19).stream())
                .filter(offset -> !offset.equals("0/15"))
                .sorted()
                .toList();
        assertThat(ForeignReader.offsets(folders.parquet())).isEqualTo(expected);
        assertThat(last().offsets()).containsEntry(0, new OffsetRange(10, 20));
        assertThat(files(folders.rejected())).containsExactly("part-0000000000-0.jsonl", "part-0000000001-0.jsonl");
        assertThat(files(folders.ledger())).containsExactly("0000000000.json", "0000000001.absent", "0000000001.json");
        assertThat(files(folders.staging())).isEmpty();
    }

    @Test
    void ignoresATaskThatWritesAfterItsJobDied() throws IOException {
        BatchPublisher doomed = starting(OnDataLoss.STOP, step -> {
            throw new Crash();
        });
        assertThatThrownBy(() -> publish(doomed, events(0, 0, 5))).isInstanceOf(Crash.class);
        Path abandoned = onlyFolder(folders.staging());
        BatchPublisher next = starting(OnDataLoss.STOP, step -> {
            if (step == PublicationStep.STAGED) {
                writeLate(abandoned.resolve("events/id=0/part-late.parquet"));
            }
        });

        publish(next, events(0, 0, 5));

        assertThat(ForeignReader.offsets(folders.parquet())).isEqualTo(offsets(0, 0, 5));
    }

    @Test
    void stopsWhenAnotherJobHasPreparedTheSameBatch() throws IOException {
        BatchPublisher other = starting(OnDataLoss.STOP, step -> {
            if (step == PublicationStep.PREPARED) {
                throw new Crash();
            }
        });
        BatchPublisher publisher = starting();
        assertThatThrownBy(() -> publish(other, events(0, 0, 5))).isInstanceOf(Crash.class);

        assertThatThrownBy(() -> publish(publisher, events(0, 0, 5)))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("Another job has prepared batch 0 of run 1");
        assertNothingPublished();
    }

    @Test
    void stopsWhenAnotherJobHasCommittedTheSameBatch() throws IOException {
        BatchPublisher publisher = starting();
        publish(starting(), events(0, 0, 5));

        assertThatThrownBy(() -> publish(publisher, events(0, 0, 5)))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("Another job has committed batch 0 of run 1");
        assertThat(ForeignReader.offsets(folders.parquet())).isEqualTo(offsets(0, 0, 5));
        assertThat(folders.prepared(0)).doesNotExist();
    }

    private BatchPublisher starting() {
        return starting(OnDataLoss.STOP, step -> {});
    }

    /** Does what a new job does: finishes what the last one left, and resumes from the end of the ledger. */
    private BatchPublisher restarted(OnDataLoss onDataLoss) throws IOException {
        new RunRecovery(folders, CLOCK).recover();
        return starting(onDataLoss, step -> {});
    }

    private BatchPublisher starting(OnDataLoss onDataLoss, PublicationStep.Listener steps) {
        try {
            Optional<Batch> last = new Ledger(folders).last().map(ParquetTree::batch);
            return new BatchPublisher(
                    sink(steps),
                    log,
                    LocalSpark.decoded(),
                    steps,
                    new PublisherMetrics(),
                    ResumePoint.of(last, topic, onDataLoss),
                    topic.leadership());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Without the run's lock, so that two jobs can interfere with each other. */
    private Sink sink(PublicationStep.Listener steps) {
        return new ParquetTree(folders, SchemaFile.builtIn(), null, new Publication(folders, CLOCK, steps));
    }

    private void publish(BatchPublisher publisher, List<Row> records) throws IOException {
        Map<Integer, Long> until = LocalSpark.untilOf(records);
        publisher.next().readFrom().forEach(until::putIfAbsent);
        publisher.publish(LocalSpark.batch(records), until);
    }

    /** Returns ten records, the last of which is not a valid event. */
    private static List<Row> batchWithRejected(long from) {
        List<Row> records = new ArrayList<>(events(0, from, from + 9));
        records.add(record(0, from + 9, NOT_JSON));
        return records;
    }

    private static List<String> offsets(int partition, long from, long until) {
        return LongStream.range(from, until)
                .mapToObj(offset -> partition + "/" + offset)
                .sorted()
                .toList();
    }

    private LedgerRecord last() throws IOException {
        return new Ledger(folders).last().orElseThrow();
    }

    private void assertNothingPublished() {
        try {
            assertThat(ForeignReader.files(folders.parquet())).isEmpty();
            assertThat(new Ledger(folders).last()).isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(RunLock.NAME))
                    .sorted()
                    .toList();
        }
    }

    private static Path onlyFolder(Path folder) throws IOException {
        List<String> names = files(folder);
        assertThat(names).as(names.stream().collect(joining(", "))).hasSize(1);
        return folder.resolve(names.get(0));
    }

    private static void writeLate(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "from a task that outlived its job");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
