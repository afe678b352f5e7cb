package pipeline.validator.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetRange;
import pipeline.events.output.OutputTree;

/** Writes a run like the job: first the files, then the record that names them. */
public final class TestRun {
    private final Path folder;
    private Instant committedAt = Instant.parse("2026-11-22T12:35:00Z");
    private Instant firstTs = TestFiles.ts();
    private String source = TestFiles.SOURCE;
    private long seq;
    private long offset;

    public TestRun(Path outputDir, String runId) {
        this.folder = new OutputTree(outputDir).run(runId);
    }

    public TestRun committedAt(Instant at) {
        committedAt = at;
        return this;
    }

    /** Sets the ts of the first event in each file of the next batches. */
    public TestRun eventsAt(Instant ts) {
        firstTs = ts;
        return this;
    }

    public TestRun eventsFrom(String eventSource) {
        source = eventSource;
        return this;
    }

    public TestRun skipBatch() {
        seq++;
        return this;
    }

    /** Commits a batch with one file of these values. */
    public TestRun commit(int id, double... values) {
        return commit(Map.of(id, values), 0);
    }

    public TestRun commit(Map<Integer, double[]> valuesOfId, int rejected) {
        List<LedgerFile> files = new ArrayList<>();
        long from = offset;
        for (Map.Entry<Integer, double[]> id : new TreeMap<>(valuesOfId).entrySet()) {
            String path = path(id.getKey());
            TestFiles.writeEvents(folder.resolve(path), firstTs, source, 0, offset, id.getValue());
            files.add(file(path, id.getValue().length));
            offset += id.getValue().length;
        }
        offset += rejected;
        List<LedgerFile> rejectedFiles =
                rejected == 0 ? List.of() : List.of(new LedgerFile("part-" + seq + ".jsonl", rejected, 1));
        long rows = offset - from - rejected;
        return commit(new LedgerRecord(
                seq,
                committedAt,
                "events",
                "topic-id",
                "cluster-id",
                new TreeMap<>(Map.of(0, new OffsetRange(from, offset))),
                List.of(),
                rows + rejected,
                rows,
                rejected,
                files,
                rejectedFiles));
    }

    public TestRun commit(LedgerRecord record) {
        try {
            Files.createDirectories(recordFile(seq).getParent());
            Path aside = folder.resolve("_record");
            Files.write(aside, LedgerJson.encode(record));
            Files.move(aside, recordFile(seq));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        seq++;
        committedAt = committedAt.plusSeconds(10);
        return this;
    }

    private LedgerFile file(String path, long rows) {
        try {
            return new LedgerFile(path, rows, Files.size(folder.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the path of the next batch's file for an id, relative to the run's folder. */
    public String path(int id) {
        return OutputTree.ID_PREFIX + id + "/" + OutputTree.partName(seq, 0, OutputTree.PARQUET_SUFFIX);
    }

    public Path recordFile(long seq) {
        return folder.resolve(OutputTree.LEDGER).resolve(OutputTree.recordName(seq));
    }

    public Path folder() {
        return folder;
    }
}
