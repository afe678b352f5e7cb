package pipeline.validator.dataset.recent;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.recent.Windows.Window;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.Workers;

/** Windows, newest rows and newest batches. */
class RecentDataTest {
    private static final Instant TS = TestFiles.ts();

    @TempDir
    Path outputDir;

    private DatasetIndex index;
    private Windows windows;
    private RunRows rows;
    private final Workers workers = new Workers();
    private TestRun run;

    @BeforeEach
    void open() {
        Storage storage = new LocalStorage(outputDir.resolve("parquet"));
        Clock clock = Clock.fixed(TS.plusSeconds(3600), ZoneOffset.UTC);
        index = new DatasetIndex(storage, new SeenRuns(), clock, new SimpleMeterRegistry());
        windows = new Windows(workers);
        rows = new RunRows(workers);
        run = new TestRun(outputDir, "1");
    }

    @AfterEach
    void close() {
        index.close();
        workers.close();
    }

    private List<Windows.Series> windows(Duration size, Duration last) {
        return windows.of(index.refresh(RunSelection.LATEST), size, last, Optional.empty())
                .series();
    }

    private static Consumer<TestFiles.Rows> at(Instant ts, double... values) {
        return file -> {
            for (double value : values) {
                file.add(fields -> fields.append("ts", TestFiles.micros(ts)).append("value", value));
            }
        };
    }

    private void write(String path, Instant modified, Consumer<TestFiles.Rows> fileRows) throws Exception {
        Path file = TestFiles.write(run.folder().resolve(path), TestFiles.JOB_SCHEMA, fileRows);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    @Test
    void averagesOverAlignedWindows() throws Exception {
        Instant nine = Instant.parse("2026-11-22T12:34:49.999999Z");
        Instant zero = Instant.parse("2026-11-22T12:34:50Z");
        write("id=3/a.parquet", TS, at(nine, 1, 2, Double.NaN));
        write("id=3/b.parquet", TS, at(zero, 10));

        assertThat(windows(Duration.ofSeconds(10), Duration.ofMinutes(10)))
                .containsExactly(new Windows.Series(
                        3,
                        List.of(
                                new Window(Instant.parse("2026-11-22T12:34:40Z"), 3, OptionalDouble.of(1.5)),
                                new Window(zero, 1, OptionalDouble.of(10)))));
    }

    @Test
    void coversTheRequestedTimeUpToTheNewestEvent() throws Exception {
        write("id=0/a.parquet", TS, at(TS.minusSeconds(29), 1));
        write("id=0/b.parquet", TS, at(TS, 2));

        assertThat(windows(Duration.ofSeconds(10), Duration.ofSeconds(20))
                        .get(0)
                        .windows())
                .extracting(Window::count)
                .containsExactly(1L);
        assertThat(windows(Duration.ofSeconds(10), Duration.ofSeconds(30))
                        .get(0)
                        .windows())
                .hasSize(1);
        assertThat(windows(Duration.ofSeconds(10), Duration.ofSeconds(40))
                        .get(0)
                        .windows())
                .hasSize(2);
    }

    @Test
    void readsOnlyBatchesCommittedSince() {
        run.committedAt(TS.minusSeconds(3000)).commit(0, 1).committedAt(TS).commit(0, 2);
        RunSnapshot snapshot = index.refresh(RunSelection.LATEST).runs().get(0);

        assertThat(snapshot.commits().history().since(TS.minusSeconds(600)))
                .containsExactly("run_1/id=0/part-0000000001-0.parquet");
    }

    @Test
    void readsNoBatchOfEarlierEventsWhenHistoryIsReplayed() {
        run.committedAt(TS.plusSeconds(3000));
        for (int batch = 0; batch < 130; batch++) {
            run.commit(0, batch);
        }
        RunSnapshot snapshot = index.refresh(RunSelection.LATEST).runs().get(0);

        assertThat(snapshot.commits().history().since(TS.minusSeconds(600))).hasSize(130);
        assertThat(snapshot.commits().history().since(TS.plusSeconds(600))).isEmpty();
    }

    @Test
    void readsFilesOfAnyName() {
        Path file = TestFiles.writeEvents(run.folder().resolve("id=0/any.parquet"), 0, 0, 1, 2);
        run.commit(new LedgerRecord(
                0,
                TS,
                new TopicIdentity("cluster-id", "events", "topic-id"),
                ReadOffsets.of(Map.of(0, new OffsetRange(0, 2))),
                List.of(new LedgerFile("id=0/any.parquet", 2, file.toFile().length())),
                List.of()));

        assertThat(windows(Duration.ofSeconds(10), Duration.ofMinutes(10))).hasSize(1);
    }

    @Test
    void leavesOutEventsInTheFuture() throws Exception {
        Instant modified = TS.plusSeconds(3550);
        write("id=0/a.parquet", modified, at(TS.plusSeconds(3500), 1));
        write("id=0/b.parquet", modified, at(TS.plusSeconds(360_000), 2));

        assertThat(windows(Duration.ofSeconds(10), Duration.ofMinutes(10))
                        .get(0)
                        .windows())
                .extracting(Window::mean)
                .containsExactly(OptionalDouble.of(1));
    }

    @Test
    void showsTheLatestRowsFirst() throws Exception {
        write("id=0/a.parquet", TS, at(TS, 1));
        write("id=1/b.parquet", TS.plusSeconds(2), at(TS.plusSeconds(2), 2));
        write("id=2/c.parquet", TS.plusSeconds(1), at(TS.plusSeconds(1), 3));

        assertThat(rows.newest(index.refresh(RunSelection.LATEST).runs(), 2))
                .extracting(Row::value)
                .containsExactly(2d, 3d);
    }

    @Test
    void readsTheNewestRowsFromTheNewestBatches() {
        run.commit(0, 1, 2, 3).commit(1, 4, 5);
        List<RunSnapshot> runs = index.refresh(RunSelection.LATEST).runs();

        assertThat(rows.newest(runs, 2)).extracting(Row::value).containsExactly(5d, 4d);
        assertThat(rows.newest(runs, 100)).hasSize(5);
        assertThat(runs.get(0).commits().history().holding(2)).containsExactly("run_1/id=1/part-0000000001-0.parquet");
    }

    @Test
    void showsTheNewestBatchesFirst() {
        run.commit(0, 1).commit(0, 2).skipBatch().commit(0, 3);
        RunSnapshot snapshot = index.refresh(RunSelection.LATEST).runs().get(0);

        List<Long> seqs = new ArrayList<>();
        snapshot.commits().history().forEachRecord(record -> {
            seqs.add(record.seq());
            return seqs.size() < 2;
        });
        assertThat(seqs).containsExactly(3L, 1L);
    }
}
