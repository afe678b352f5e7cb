package pipeline.validator.dataset.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.SeenRuns;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.listing.SparkMetadataLogTest;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.Workers;

/** The two audits, which compare whole trees with their ledger. */
class AuditTest {
    @TempDir
    Path outputDir;

    private Storage storage;
    private DatasetIndex index;
    private final Workers workers = new Workers();
    private TestRun run;

    @BeforeEach
    void open() {
        storage = new LocalStorage(outputDir.resolve("parquet"));
        index = new DatasetIndex(storage, new SeenRuns(), Clock.systemUTC(), new SimpleMeterRegistry());
        run = new TestRun(outputDir, "1");
    }

    @AfterEach
    void close() {
        index.close();
        workers.close();
    }

    private RunSnapshot snapshot() {
        return index.refresh(RunSelection.LATEST).runs().get(0);
    }

    private OffsetAuditor offsetAuditor() {
        RejectedFiles rejected = new RejectedFiles(new LocalStorage(outputDir.resolve("rejected")));
        return new OffsetAuditor(rejected, new TreeAuditor(workers), workers, Clock.systemUTC());
    }

    private TreeAudit tree() {
        return new TreeAuditor(workers).files(snapshot()).orElseThrow();
    }

    private OffsetAudit offsets() {
        return offsets(offsetAuditor(), false);
    }

    private OffsetAudit offsets(OffsetAuditor auditor, boolean full) {
        return auditor.audit(List.of(snapshot()), full);
    }

    private Path file(String path) {
        return run.folder().resolve(path);
    }

    @Test
    void findsNothingWrongWithAGoodRun() {
        run.commit(Map.of(0, new double[] {1, 2}, 1, new double[] {3}), 0).commit(0, 4);

        assertThat(tree()).isEqualTo(new TreeAudit(3, Sample.NONE, Sample.NONE, Sample.NONE, Sample.NONE, 0, 0));
        assertThat(offsets()).isEqualTo(new OffsetAudit(4, 0, 4, OffsetAudit.Faults.NONE, 0));
    }

    @Test
    void namesMissingAndStrayFilesAndDifferentSizes() throws IOException {
        run.commit(0, 1).commit(0, 2).commit(0, 3);
        Files.delete(file("id=0/part-0000000000-0.parquet"));
        TestFiles.writeValues(file("id=0/part-0000000001-0.parquet"), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        TestFiles.writeValues(file("id=0/stray.parquet"), 1);
        TestFiles.writeValues(file("_hidden/id=0/stray.parquet"), 1);

        TreeAudit audit = tree();

        assertThat(audit.missing().first()).containsExactly("run_1/id=0/part-0000000000-0.parquet");
        assertThat(audit.stray().first())
                .containsExactly("run_1/_hidden/id=0/stray.parquet", "run_1/id=0/stray.parquet");
        assertThat(audit.otherSize().first())
                .singleElement()
                .asString()
                .startsWith("run_1/id=0/part-0000000001-0.parquet has");
    }

    @Test
    void countsTheNextBatchsFilesAsInPublication() {
        run.commit(0, 1);
        TestFiles.writeValues(file(run.path(0)), 2);
        run.skipBatch();
        TestFiles.writeValues(file(run.path(0)), 2);

        TreeAudit audit = tree();

        assertThat(audit.inPublication()).isEqualTo(1);
        assertThat(audit.stray().first()).containsExactly("run_1/id=0/part-0000000002-0.parquet");
    }

    @Test
    void namesFilesThatSparksLogDoesNotName() {
        TestFiles.writeValues(file("id=0/a.parquet"), 1);
        TestFiles.writeValues(file("id=0/orphan.parquet"), 1);
        TestFiles.writeText(
                file("_spark_metadata/0"),
                "v1\n" + SparkMetadataLogTest.line("id=0/a.parquet") + SparkMetadataLogTest.line("id=0/gone.parquet"));

        TreeAudit audit = tree();

        assertThat(audit.stray()).isEqualTo(Sample.NONE);
        assertThat(audit.orphans().first()).containsExactly("run_1/id=0/orphan.parquet");
        assertThat(audit.missing().first()).containsExactly("run_1/id=0/gone.parquet");
    }

    @Test
    void findsEachOffsetAmongTheRejectedEventsToo() {
        run.commit(Map.of(0, new double[] {1, 2}), 2);

        OffsetAudit audit = offsets();

        assertThat(audit.faults().missing()).isEqualTo(Sample.NONE);
        assertThat(audit.offsets()).isEqualTo(4);
    }

    @Test
    void namesMissingOffsets() throws IOException {
        run.commit(0, 1, 2, 3).commit(1, 4);
        Files.delete(file("id=0/part-0000000000-0.parquet"));

        assertThat(offsets().faults().missing().first()).containsExactly("0:0", "0:1", "0:2");
    }

    @Test
    void namesDuplicateOffsets() {
        run.commit(0, 1, 2, 3);
        TestFiles.writeEvents(file("id=0/stray.parquet"), 0, 1, 9, 9);

        assertThat(offsets().faults().twice().first()).containsExactly("0:1", "0:2");
    }

    @Test
    void ignoresWhatIsNotCommittedYet() {
        run.commit(0, 1, 2, 3);
        TestFiles.writeEvents(file(run.path(0)), 0, 3, 9, 9);

        assertThat(offsets().faults().twice()).isEqualTo(Sample.NONE);
        assertThat(offsets().faults().missing()).isEqualTo(Sample.NONE);
    }

    @Test
    void acceptsRecordedGaps() {
        TestFiles.writeEvents(file(run.path(0)), 0, 10, 1, 2);
        String path = run.path(0);
        run.commit(new LedgerRecord(
                0,
                Instant.parse("2026-11-22T12:35:00Z"),
                new TopicIdentity("cluster-id", "events", "topic-id"),
                ReadOffsets.of(Map.of(0, new OffsetRange(5, 12)), List.of(new OffsetGap(0, 5, 10, "retention"))),
                List.of(new LedgerFile(path, 2, file(path).toFile().length())),
                List.of()));

        assertThat(offsets().faults().missing()).isEqualTo(Sample.NONE);
    }

    @Test
    void acceptsOffsetsWithoutARecord() {
        OffsetAuditor auditor = offsetAuditor();
        run.commitWithAbsent(0, new double[] {1, 2}, 3).commit(0, 4);

        assertThat(offsets(auditor, false).isRight()).isTrue();
        run.commitWithAbsent(0, new double[] {5}, 1);
        OffsetAudit next = offsets(auditor, false);
        assertThat(next.isRight()).isTrue();
        assertThat(next.offsets()).isEqualTo(8);
        assertThat(next.filesBefore()).isEqualTo(2);
    }

    @Test
    void namesAnAbsentOffsetThatAFileHas() {
        run.commitWithAbsent(0, new double[] {1, 2}, 3);
        TestFiles.writeEvents(file("id=0/part-0000000000-0.parquet"), 0, 1, 9, 9, 9);

        OffsetAudit audit = offsets();

        assertThat(audit.faults().twice().first())
                .containsExactly("0:2 (also recorded as absent)", "0:3 (also recorded as absent)");
        assertThat(audit.faults().missing().first()).containsExactly("0:0");
    }

    @Test
    void namesRowsOfAnotherBatch() {
        run.commit(0, 1, 2).commit(0, 3, 4);
        TestFiles.writeEvents(file("id=0/part-0000000001-0.parquet"), 0, 1, 9, 9);

        OffsetAudit audit = offsets();

        assertThat(audit.faults().unexpected().first()).containsExactly("0:1");
        assertThat(audit.faults().missing().first()).containsExactly("0:3");
    }

    @Test
    void findsTheRowsOfABatchWhoseRecordWasLost() throws IOException {
        run.commit(0, 1, 2).commit(0, 3, 4).commit(0, 5);
        Files.delete(file("_ledger/0000000001.json"));

        assertThat(offsets().isRight()).isTrue();
    }

    @Test
    void namesAFileOfAbsentOffsetsThatDoesNotHoldWhatTheRecordSays() throws IOException {
        run.commitWithAbsent(0, new double[] {1, 2}, 3);

        Files.writeString(run.absentFile(0), "partition,from,until\n0,2,4\n");
        assertThat(offsets().faults().unreadable().first())
                .singleElement()
                .asString()
                .endsWith(
                        "_ledger/0000000000.absent: it names {0=2} offsets of the batch by partition, but the record says"
                                + " {0=3}");
        Files.writeString(run.absentFile(0), "partition,from,until\n0,7,10\n");
        assertThat(offsets().faults().unreadable().count()).isEqualTo(1);
        Files.delete(run.absentFile(0));
        assertThat(offsets().faults().unreadable().count()).isEqualTo(1);
        assertThat(offsets().faults().missing().first()).containsExactly("0:2", "0:3", "0:4");
    }

    @Test
    void findsHolesAndDuplicatesWithoutALedger() {
        TestFiles.writeEvents(file("id=0/a.parquet"), 1, 100, 1, 2);
        TestFiles.writeEvents(file("id=0/b.parquet"), 1, 103, 1, 2);
        TestFiles.writeEvents(file("id=1/c.parquet"), 1, 104, 1);

        OffsetAudit audit = offsets();

        assertThat(audit.faults().missing()).isEqualTo(Sample.NONE);
        assertThat(audit.faults().holes().first()).containsExactly("1:102");
        assertThat(audit.faults().twice().first()).containsExactly("1:104");
        assertThat(audit.rows()).isEqualTo(5);
    }

    @Test
    void findsHolesBetweenDistantAndNegativeOffsetsWithoutALedger() {
        TestFiles.writeEvents(file("id=0/a.parquet"), 0, -3, 1);
        TestFiles.writeEvents(file("id=0/b.parquet"), 0, 1L << 60, 1);

        OffsetAudit audit = offsets();

        assertThat(audit.faults().holes().count()).isEqualTo((1L << 60) + 2);
        assertThat(audit.faults().holes().first()).startsWith("0:-2", "0:-1", "0:0");
    }

    @Test
    void readsOnlyTheFilesOfNewerBatchesAfterAnAuditWithoutFindings() {
        OffsetAuditor auditor = offsetAuditor();
        run.commit(Map.of(0, new double[] {1, 2}, 1, new double[] {3}), 1).commit(0, 4);
        assertThat(offsets(auditor, false).filesBefore()).isZero();
        run.commit(0, 5, 6);

        OffsetAudit audit = offsets(auditor, false);

        assertThat(audit.filesBefore()).isEqualTo(3);
        assertThat(audit.rows()).isEqualTo(6);
        assertThat(audit.offsets()).isEqualTo(7);
        assertThat(audit.isRight()).isTrue();
        assertThat(offsets(auditor, true).filesBefore()).isZero();
    }

    @Test
    void readsAllFilesAgainAfterAnOlderOneChanged() throws IOException {
        OffsetAuditor auditor = offsetAuditor();
        run.commit(0, 1, 2).commit(0, 3);
        offsets(auditor, false);
        Files.setLastModifiedTime(
                file("id=0/part-0000000000-0.parquet"),
                FileTime.from(Instant.now().plusSeconds(1)));

        assertThat(offsets(auditor, false).filesBefore()).isZero();
    }

    @Test
    void readsAllFilesAgainAfterAnOlderOneWasDeletedOrAdded() throws IOException {
        OffsetAuditor auditor = offsetAuditor();
        run.commit(0, 1, 2).commit(0, 3);
        offsets(auditor, false);
        Path older = file("id=0/part-0000000000-0.parquet");
        Files.copy(older, file("id=0/part-0000000000-7.parquet"), StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(offsets(auditor, false).faults().twice().first()).containsExactly("0:0", "0:1");
        Files.delete(file("id=0/part-0000000000-7.parquet"));
        assertThat(offsets(auditor, false).isRight()).isTrue();
        Files.delete(older);
        assertThat(offsets(auditor, false).faults().missing().first()).containsExactly("0:0", "0:1");
    }

    @Test
    void findsAStrayFileThatCameAfterAnAudit() throws IOException {
        OffsetAuditor auditor = offsetAuditor();
        run.commit(0, 1, 2);
        offsets(auditor, false);
        Files.copy(
                file("id=0/part-0000000000-0.parquet"), file("id=0/copy.parquet"), StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(offsets(auditor, false).faults().twice().first()).containsExactly("0:0", "0:1");
    }

    @Test
    void comparesOnlySomeFilesByNameWhenVeryManyDiffer() throws IOException {
        run.commit(0, 1, 2);
        int strays = LedgerComparison.MOST_BY_NAME + 2_000;
        for (int stray = 0; stray < strays; stray++) {
            Files.createFile(file("id=0/stray-" + stray + ".parquet"));
        }

        TreeAudit audit = tree();

        assertThat(audit.stray().count()).isLessThanOrEqualTo(LedgerComparison.MOST_BY_NAME);
        assertThat(audit.stray().count() + audit.uncompared()).isBetween(strays + 0L, strays + 1L);
    }

    @Test
    void namesUnreadableFiles() {
        run.commit(0, 1, 2, 3);
        TestFiles.truncate(file("id=0/part-0000000000-0.parquet"));

        OffsetAudit audit = offsets();

        assertThat(audit.faults().unreadable().first())
                .singleElement()
                .asString()
                .startsWith("run_1/id=0/part-0000000000-0.parquet (it is not a Parquet file");
        assertThat(audit.faults().missing().count()).isEqualTo(3);
    }
}
