package pipeline.streaming.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.PreparedBatch;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.RunLock;

/** States that a crash cannot cause. {@link BatchPublisherTest} covers those that it can. */
class RunRecoveryTest {
    private static final String CONTENT = "rows";

    @TempDir
    Path output;

    private RunLayout folders;

    @BeforeEach
    void createFolders() {
        folders = new RunLayout(new OutputTree(output), "1");
        folders.prepare();
    }

    @Test
    void findsNothingInANewRun() throws IOException {
        assertThat(recover()).isEmpty();
    }

    @Test
    void wipesStagingButTheLock() throws IOException {
        Files.createDirectories(folders.staging().resolve("0000000000-attempt/events"));
        Files.createFile(folders.staging().resolve("0000000000.commit"));
        Files.createFile(folders.staging().resolve(RunLock.NAME));

        recover();

        assertThat(folders.staging()).isDirectoryContaining(file -> file.endsWith(RunLock.NAME));
        assertThat(folders.staging().toFile().list()).hasSize(1);
    }

    @Test
    void dropsAPreparedBatchThatTheLedgerHas() throws IOException {
        commit(0);
        prepare(0);

        assertThat(recover()).map(LedgerRecord::seq).contains(0L);
        assertThat(folders.prepared(0)).doesNotExist();
    }

    @Test
    void stopsAtAPreparedBatchAfterAMissingRecord() throws IOException {
        commit(0);
        prepare(2);

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("no record before 1");
    }

    @Test
    void stopsAtAStagedFileOfAnotherSize() throws IOException {
        prepare(0);
        Files.writeString(staged(0), "shorter or longer");

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining(staged(0) + " does not have 4 bytes");
    }

    @Test
    void stopsWhenAFileIsBothStagedAndVisible() throws IOException {
        prepare(0);
        Files.createDirectories(visible(0).getParent());
        Files.writeString(visible(0), CONTENT);

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("both " + staged(0) + " and " + visible(0) + " exist")
                .hasMessageContaining("part-0000000000-*");
        assertThat(visible(0)).hasContent(CONTENT);
    }

    @Test
    void stopsWhenAFileIsNeitherStagedNorVisible() throws IOException {
        prepare(0);
        Files.delete(staged(0));

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("neither " + staged(0) + " nor " + visible(0) + " exists");
    }

    @Test
    void dropsATornPreparedRecordWhenNothingOfItsBatchIsVisible() throws IOException {
        prepare(0);
        Files.writeString(folders.prepared(0), "{\"record\":{\"ver");

        assertThat(recover()).isEmpty();
        assertThat(folders.prepared(0)).doesNotExist();
    }

    @Test
    void stopsAtAVisibleFileOfABatchThatTheLedgerDoesNotHave() throws IOException {
        commit(0);
        Files.createDirectories(visible(1).getParent());
        Files.writeString(visible(1), CONTENT);

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining(visible(1) + " belongs to batch 1")
                .hasMessageContaining("ends with batch 0")
                .hasMessageContaining("RUN_ID");
    }

    @Test
    void findsSuchAFileInFoldersOfAnyDepth() throws IOException {
        commit(0);
        Path file = folders.parquet().resolve("country=DE/at_day=2026-11-22/part-0000000001-0.parquet");
        Files.createDirectories(file.getParent());
        Files.writeString(file, CONTENT);

        assertThatThrownBy(this::recover).hasMessageContaining(file + " belongs to batch 1");
    }

    @Test
    void doesNotLookIntoSparksCheckpoints() throws IOException {
        commit(0);
        Path file = folders.checkpoints().resolve("averages/state/part-0000000001-0.parquet");
        Files.createDirectories(file.getParent());
        Files.writeString(file, CONTENT);

        assertThat(recover()).isPresent();
    }

    @Test
    void stopsAtAbsentOffsetsOfABatchThatTheLedgerDoesNotHave() throws IOException {
        commit(0);
        Path absent = folders.ledger().resolve("0000000001.absent");
        Files.writeString(absent, CONTENT);

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining(absent + " belongs to batch 1");
    }

    @Test
    void stopsAtADamagedNewestRecord() throws IOException {
        commit(0);
        Path record = folders.ledger().resolve("0000000000.json");
        Files.writeString(record, Files.readString(record).substring(0, 40));

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining(record + " (not JSON");
    }

    @Test
    void stopsAtARecordUnderAnotherName() throws IOException {
        commit(0);
        Files.move(folders.ledger().resolve("0000000000.json"), folders.ledger().resolve("0000000007.json"));

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("0000000007.json (seq is 0)");
    }

    private Optional<LedgerRecord> recover() throws IOException {
        return new RunRecovery(folders, Clock.systemUTC()).recover();
    }

    private void commit(long seq) throws IOException {
        new Ledger(folders).commit(record(seq).committed(Instant.EPOCH));
    }

    private void prepare(long seq) throws IOException {
        Files.createDirectories(staged(seq).getParent());
        Files.writeString(staged(seq), CONTENT);
        String source = folders.staging().relativize(staged(seq)).toString();
        Files.write(folders.prepared(seq), LedgerJson.encode(new PreparedBatch(record(seq), List.of(source))));
    }

    private Path staged(long seq) {
        return folders.staging().resolve(OutputTree.padded(seq) + "-attempt/events/id=1/any.parquet");
    }

    private Path visible(long seq) {
        return folders.parquet().resolve("id=1").resolve(OutputTree.partName(seq, 0, ".parquet"));
    }

    private static LedgerRecord record(long seq) {
        TreeMap<Integer, OffsetRange> offsets = new TreeMap<>();
        offsets.put(0, new OffsetRange(seq, seq + 1));
        String path = "id=1/" + OutputTree.partName(seq, 0, ".parquet");
        return new LedgerRecord(
                seq,
                null,
                new TopicIdentity("cluster", "events", "topic-id"),
                ReadOffsets.of(offsets),
                List.of(new LedgerFile(path, 1, CONTENT.length())),
                List.of());
    }
}
