package pipeline.validator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.Timestamps;
import pipeline.validator.OutputDir;
import pipeline.validator.dataset.listing.SparkMetadataLogTest;
import pipeline.validator.dataset.run.Run;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.RunSnapshot.Kind;
import pipeline.validator.dataset.storage.HangingStorage;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.StorageException;

class DatasetIndexTest {
    @TempDir
    Path outputDir;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final TestClock clock = new TestClock();
    private DatasetIndex index;
    private TestRun run;

    private static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T13:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void open() {
        index = new DatasetIndex(new LocalStorage(outputDir.resolve("parquet")), new SeenRuns(), clock, metrics);
        run = new TestRun(outputDir, "1");
    }

    @AfterEach
    void close() {
        index.close();
    }

    private DatasetSnapshot refresh() {
        return index.refresh(RunSelection.LATEST);
    }

    private double filesRead() {
        return metrics.get("validator.files.read").functionCounter().count();
    }

    private Path loose(String path) {
        return outputDir.resolve("parquet/run_1").resolve(path);
    }

    @Test
    void isEmptyWithoutAFolder() {
        DatasetSnapshot data = refresh();

        assertThat(data.exists()).isFalse();
        assertThat(data.runs()).isEmpty();
        assertThat(data.path()).isEqualTo(outputDir.resolve("parquet").toString());
    }

    @Test
    void addsUpWhatTheLedgerNames() {
        run.commit(Map.of(0, new double[] {1, 2}, 3, new double[] {5}), 4).commit(0, 3);
        TestFiles.writeValues(run.folder().resolve(run.path(0)), 100);

        DatasetSnapshot data = refresh();

        assertThat(data.rows()).isEqualTo(4);
        assertThat(data.files()).isEqualTo(3);
        assertThat(data.readNow()).isEqualTo(3);
        assertThat(data.runs().get(0).kind()).isEqualTo(Kind.LEDGER);
        assertThat(data.runs().get(0).rejected()).isEqualTo(4);
        assertThat(data.tallies().byId().get(0).mean()).hasValue(2);
        assertThat(data.asOf()).isEqualTo(clock.now);
    }

    @Test
    void readsOnlyWhatIsNew() {
        run.commit(0, 1, 2);
        refresh();

        run.commit(0, 3).commit(1, 4);
        DatasetSnapshot data = refresh();
        DatasetSnapshot again = refresh();

        assertThat(data.readNow()).isEqualTo(2);
        assertThat(data.rows()).isEqualTo(4);
        assertThat(again.readNow()).isZero();
        assertThat(again.rows()).isEqualTo(4);
        assertThat(filesRead()).isEqualTo(3);
    }

    @Test
    void neverChangesASnapshot() {
        run.commit(0, 1, 2);
        DatasetSnapshot before = refresh();

        run.commit(0, 3);
        refresh();

        assertThat(before.rows()).isEqualTo(2);
    }

    @Test
    void continuesAfterALostRecord() throws IOException {
        run.commit(0, 1);
        refresh();

        run.skipBatch().commit(0, 2);

        assertThat(refresh().rows()).isEqualTo(2);
    }

    @Test
    void startsOverIfTheTreeIsAnotherOne() throws IOException {
        run.commit(0, 1, 2).commit(0, 3);
        refresh();
        OutputDir.delete(outputDir.resolve("parquet"));

        new TestRun(outputDir, "1").commit(4, 7);
        DatasetSnapshot data = refresh();

        assertThat(data.rows()).isEqualTo(1);
        assertThat(data.tallies().byId()).containsOnlyKeys(4);
        assertThat(data.files()).isEqualTo(1);
    }

    @Test
    void noticesThatATreeIsGoneUntilItComesBack() throws IOException {
        run.commit(0, 1, 2);
        TestFiles.writeValues(outputDir.resolve("parquet/loose.parquet"), 3);
        refresh();
        Instant before = clock.now;
        clock.now = before.plusSeconds(60);
        Path parquet = outputDir.resolve("parquet");
        Files.move(parquet, outputDir.resolve("moved"));

        assertThat(refresh().lost())
                .containsExactly(
                        parquet + " had data until " + Timestamps.format(before) + ", and has none now",
                        run.folder() + " had data until " + Timestamps.format(before) + ", and has none now");
        assertThat(index.refresh(new RunSelection("1")).lost()).hasSize(1);
        assertThat(index.refresh(new RunSelection("2")).lost()).isEmpty();
        assertThat(refresh().isUncommitted()).isFalse();

        Files.move(outputDir.resolve("moved"), parquet);
        assertThat(refresh().lost()).isEmpty();
    }

    @Test
    void noticesThatALedgerIsGone() throws IOException {
        run.commit(0, 1, 2);
        OutputDir.delete(run.folder().resolve("_ledger"));

        assertThat(refresh().runs().get(0).problems())
                .containsExactly(run.folder().resolve("_ledger")
                        + " is gone, but the job wrote 1 file: run_1/id=0/part-0000000000-0.parquet");
    }

    @Test
    void noticesThatAllRecordsAreGone() throws IOException {
        run.commit(0, 1, 2);
        refresh();
        Files.delete(run.folder().resolve("_ledger/0000000000.json"));

        assertThat(refresh().lost()).hasSize(1);
    }

    @Test
    void startsOverIfTheLastRecordIsAnotherOne() throws IOException {
        run.commit(0, 1, 2);
        refresh();
        OutputDir.delete(outputDir.resolve("parquet"));

        new TestRun(outputDir, "1").commit(0, 7).commit(0, 8);

        assertThat(refresh().rows()).isEqualTo(2);
        assertThat(refresh().tallies().byId().get(0).mean()).hasValue(7.5);
    }

    @Test
    void keepsWhatItKnowsOfARunWhoseFolderCannotBeRead() throws IOException {
        run.commit(0, 1, 2);
        new TestRun(outputDir, "2")
                .committedAt(Instant.parse("2026-11-21T00:00:00Z"))
                .commit(0, 3);
        index.refresh(new RunSelection("all"));
        Path folder = outputDir.resolve("parquet/run_1");
        Path aside = Files.move(folder, outputDir.resolve("aside"));
        Files.createSymbolicLink(folder, folder.getFileName());

        DatasetSnapshot broken = index.refresh(new RunSelection("all"));

        assertThat(broken.unreachable())
                .singleElement()
                .asString()
                .contains("run_1")
                .contains("can't be read");
        assertThat(broken.reachableRuns()).extracting(RunSnapshot::name).containsExactly("run_2");
        assertThat(broken.rows()).isEqualTo(3);
        assertThat(index.refresh(new RunSelection("2")).unreachable()).isEmpty();

        Files.delete(folder);
        Files.move(aside, folder);

        assertThat(index.refresh(new RunSelection("all")).unreachable()).isEmpty();
        assertThat(refresh().rows()).isEqualTo(2);
        assertThat(filesRead()).isEqualTo(2);
    }

    @Test
    void namesAFolderThatCouldNeverBeRead() throws IOException {
        run.commit(0, 1, 2);
        Files.createSymbolicLink(outputDir.resolve("parquet/run_2"), Path.of("run_2"));

        assertThat(refresh().unreachable()).isEmpty();
        assertThat(index.refresh(new RunSelection("2")).unreachable()).hasSize(1);
    }

    @Test
    void tellsHowFarALongReadingIs() {
        TestFiles.writeValues(outputDir.resolve("parquet/run_1/id=0/0.parquet"), 1);
        HangingStorage storage = new HangingStorage(outputDir.resolve("parquet"), "run_1/id=0/0.parquet");
        try (DatasetIndex hanging = new DatasetIndex(storage, new SeenRuns(), clock, new SimpleMeterRegistry())) {
            CompletableFuture<DatasetSnapshot> reading =
                    CompletableFuture.supplyAsync(() -> hanging.refresh(RunSelection.LATEST));

            await().untilAsserted(
                            () -> assertThat(hanging.progress()).contains(new Run.Progress("run_1", 0, 1, "files")));
            storage.thaw();

            assertThat(reading.join().rows()).isEqualTo(1);
            assertThat(hanging.progress()).isEmpty();
        }
    }

    @Test
    void forgetsADeletedRun() throws IOException {
        run.commit(0, 1);
        refresh();

        OutputDir.delete(outputDir.resolve("parquet"));

        assertThat(refresh().runs()).isEmpty();
    }

    @Test
    void namesBrokenFilesAndAddsUpTheRest() {
        run.commit(0, 1);
        run.commit(1, 2);
        TestFiles.truncate(run.folder().resolve("id=0/part-0000000000-0.parquet"));

        DatasetSnapshot data = refresh();

        assertThat(data.unreadPaths()).containsExactly("id=0/part-0000000000-0.parquet");
        assertThat(data.rows()).isEqualTo(1);
        assertThat(data.files()).isEqualTo(2);
    }

    @Test
    void retriesABrokenFileAfterAWhile() throws IOException {
        run.commit(0, 1).commit(0, 2);
        Path file = run.folder().resolve("id=0/part-0000000000-0.parquet");
        Path aside = outputDir.resolve("aside");
        Files.move(file, aside);
        assertThat(refresh().unreadPaths()).hasSize(1);
        Files.move(aside, file);

        DatasetSnapshot atOnce = refresh();
        clock.now = clock.now.plus(Run.RETRY_AFTER);
        DatasetSnapshot later = refresh();

        assertThat(atOnce.readNow()).isZero();
        assertThat(atOnce.unreadPaths()).hasSize(1);
        assertThat(later.readNow()).isEqualTo(1);
        assertThat(later.unreadPaths()).isEmpty();
        assertThat(later.rows()).isEqualTo(2);
    }

    @Test
    void reportsAFileWithADifferentNumberOfRowsThanInTheLedger() {
        run.commit(0, 1, 2);
        TestFiles.writeValues(run.folder().resolve("id=0/part-0000000000-0.parquet"), 1);

        assertThat(refresh().runs().get(0).problems())
                .containsExactly("run_1/id=0/part-0000000000-0.parquet holds 1 row, but the ledger says 2");
    }

    @Test
    void namesAnInvalidRecordAndContinues() {
        run.commit(0, 1).commit(0, 2).commit(0, 3);
        TestFiles.writeText(run.recordFile(1), "{}");

        DatasetSnapshot data = refresh();

        assertThat(data.rows()).isEqualTo(2);
        assertThat(data.runs().get(0).problems())
                .containsExactly("run_1/_ledger/0000000001.json is not a valid ledger record: version is missing");
    }

    @Test
    void readsARecordThatWasRepaired() throws IOException {
        run.commit(0, 1).commit(0, 2).commit(0, 3);
        byte[] good = Files.readAllBytes(run.recordFile(1));
        TestFiles.writeText(run.recordFile(1), "{}");
        refresh();

        Files.write(run.recordFile(1), good);

        assertThat(refresh().rows()).isEqualTo(3);
        assertThat(refresh().runs().get(0).problems()).isEmpty();
    }

    @Test
    void listsATreeWithoutLedger() {
        TestFiles.writeValues(loose("id=0/a.parquet"), 1, 2);
        TestFiles.writeValues(loose("_chk/id=0/b.parquet"), 9);

        DatasetSnapshot data = refresh();

        assertThat(data.rows()).isEqualTo(2);
        assertThat(data.runs().get(0).kind()).isEqualTo(Kind.LISTING);
    }

    @Test
    void followsChangesOfATreeWithoutLedger() throws IOException {
        TestFiles.writeValues(loose("id=0/a.parquet"), 1);
        TestFiles.writeValues(loose("id=0/b.parquet"), 2);
        TestFiles.writeValues(loose("id=0/c.parquet"), 3);
        refresh();

        Files.delete(loose("id=0/a.parquet"));
        Files.delete(loose("id=0/b.parquet"));
        TestFiles.writeValues(loose("id=0/b.parquet"), 20, 20);
        DatasetSnapshot data = refresh();

        assertThat(data.readNow()).isEqualTo(1);
        assertThat(data.rows()).isEqualTo(3);
        assertThat(data.tallies().total().mean()).hasValue(43 / 3d);
        assertThat(refresh().readNow()).isZero();
    }

    @Test
    void countsOnlyTheFilesOfSparksLog() {
        TestFiles.writeValues(loose("id=0/a.parquet"), 1);
        TestFiles.writeValues(loose("id=0/orphan.parquet"), 9);
        TestFiles.writeText(
                loose("_spark_metadata/0"),
                "v1\n" + SparkMetadataLogTest.line("id=0/a.parquet") + SparkMetadataLogTest.line("id=0/gone.parquet"));

        DatasetSnapshot data = refresh();

        assertThat(data.runs().get(0).kind()).isEqualTo(Kind.SPARK_METADATA);
        assertThat(data.rows()).isEqualTo(1);
        assertThat(data.unreadPaths()).containsExactly("id=0/gone.parquet");
    }

    @Test
    void namesAnUnreadableSparkLog() {
        TestFiles.writeValues(loose("id=0/a.parquet"), 1);
        TestFiles.writeText(loose("_spark_metadata/0"), "v1\n" + SparkMetadataLogTest.line("id=0/a.parquet"));
        TestFiles.writeText(loose("_spark_metadata/1"), "v1\n{\"path\":");

        DatasetSnapshot data = refresh();

        assertThat(data.rows()).isEqualTo(1);
        assertThat(data.runs().get(0).problems())
                .singleElement()
                .asString()
                .startsWith("run_1/_spark_metadata/1 is not a valid Spark log: ");
    }

    @Test
    void usesTheLedgerAsSoonAsThereIsOne() {
        TestFiles.writeValues(loose("id=0/a.parquet"), 1);
        assertThat(refresh().rows()).isEqualTo(1);

        run.commit(0, 2, 3);

        assertThat(refresh().rows()).isEqualTo(2);
    }

    @Test
    void selectsTheRunThatCommittedLast() {
        run.committedAt(Instant.parse("2026-01-02T00:00:00Z")).commit(0, 1);
        new TestRun(outputDir, "2")
                .committedAt(Instant.parse("2026-01-01T00:00:00Z"))
                .commit(0, 2, 2);
        TestFiles.writeValues(outputDir.resolve("parquet/run_3/id=0/a.parquet"), 3, 3, 3);

        assertThat(refresh().runs()).extracting(RunSnapshot::name).containsExactly("run_1");
        assertThat(refresh().knownRuns()).containsExactly("run_1", "run_2", "run_3");
        assertThat(filesRead()).as("only what was asked for").isEqualTo(1);
    }

    @Test
    void selectsARunByNameOrAll() {
        run.commit(0, 1);
        new TestRun(outputDir, "2").commit(0, 2, 2);

        assertThat(index.refresh(new RunSelection("2")).rows()).isEqualTo(2);
        assertThat(index.refresh(new RunSelection("run_1")).rows()).isEqualTo(1);
        assertThat(index.refresh(new RunSelection("3")).runs()).isEmpty();
        DatasetSnapshot all = index.refresh(new RunSelection("all"));
        assertThat(all.rows()).isEqualTo(3);
        assertThat(all.path()).isEqualTo(outputDir.resolve("parquet").toString());
    }

    @Test
    void readsFilesOutsideOfRunFolders() {
        TestFiles.writeValues(outputDir.resolve("parquet/id=2/a.parquet"), 5);

        DatasetSnapshot data = refresh();

        assertThat(data.rows()).isEqualTo(1);
        assertThat(data.path()).isEqualTo(outputDir.resolve("parquet").toString());
        assertThat(data.tallies().byId()).containsOnlyKeys(2);
    }

    @Test
    void reportsUnreachableStorage() {
        TestFiles.writeText(outputDir.resolve("parquet"), "a file");

        assertThatThrownBy(this::refresh).isInstanceOf(StorageException.class);
    }

    @Test
    void readsAFileOnceForConcurrentCallers() {
        IntStream.range(0, 20).forEach(batch -> run.commit(0, batch));

        List<CompletableFuture<DatasetSnapshot>> answers = IntStream.range(0, 16)
                .mapToObj(caller -> CompletableFuture.supplyAsync(this::refresh))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().rows()).isEqualTo(20));
        assertThat(filesRead()).isEqualTo(20);
    }

    @Test
    void includesEverythingCommittedBeforeTheCall() throws Exception {
        for (int batch = 0; batch < 30; batch++) {
            CompletableFuture<DatasetSnapshot> other = CompletableFuture.supplyAsync(this::refresh);
            run.commit(0, batch);
            assertThat(refresh().rows()).isEqualTo(batch + 1L);
            other.join();
        }
    }

    @Test
    void measuresRefreshes() {
        run.commit(0, 1);
        refresh();

        assertThat(metrics.get("validator.refresh").timer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(metrics.get("validator.read").functionCounter().count()).isPositive();
        assertThat(Run.RETRY_AFTER).isGreaterThan(Duration.ZERO);
    }
}
