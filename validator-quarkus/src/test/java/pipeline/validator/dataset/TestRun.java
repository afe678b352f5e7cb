package pipeline.validator.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.AbsentFile;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;

/** Writes a run like the job: first the files, then the record that names them. */
public final class TestRun {
    public static final String REASON = "id: missing";

    private static final TopicIdentity TOPIC = new TopicIdentity("cluster-id", "events", "topic-id");

    private final Path folder;
    private final Path rejectedFolder;
    private Instant committedAt = Instant.parse("2026-11-22T12:35:00Z");
    private Instant firstTs = TestFiles.ts();
    private String source = TestFiles.SOURCE;
    private boolean hasKafkaTime = true;
    private long seq;
    private long offset;

    public TestRun(Path outputDir, String runId) {
        this.folder = new OutputTree(outputDir).run(runId);
        this.rejectedFolder = new OutputTree(outputDir).rejected(runId);
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

    /** Leaves out the time of Kafka's records in the next batches, as if no file could hold it. */
    public TestRun withoutKafkaTime() {
        hasKafkaTime = false;
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

    /** Commits a batch with these values, and after them a number of rejected events. */
    public TestRun commit(Map<Integer, double[]> valuesOfId, int rejected) {
        List<LedgerFile> files = new ArrayList<>();
        long from = offset;
        for (Map.Entry<Integer, double[]> id : new TreeMap<>(valuesOfId).entrySet()) {
            String path = path(id.getKey());
            TestFiles.writeEvents(folder.resolve(path), firstTs, source, 0, offset, id.getValue());
            files.add(file(path, id.getValue().length));
            offset += id.getValue().length;
        }
        List<LedgerFile> rejectedFiles = rejected == 0 ? List.of() : List.of(reject(rejected));
        offset += rejected;
        return commit(ReadOffsets.of(Map.of(0, new OffsetRange(from, offset))), files, rejectedFiles);
    }

    /** Commits a batch with one file of these values, after them some offsets that have no record. */
    public TestRun commitWithAbsent(int id, double[] values, int absent) {
        String path = path(id);
        long from = offset;
        TestFiles.writeEvents(folder.resolve(path), firstTs, source, 0, offset, values);
        long until = from + values.length + absent;
        byte[] content = AbsentFile.encode(Map.of(0, List.of(new OffsetRange(from + values.length, until))));
        TestFiles.writeText(absentFile(seq), new String(content, StandardCharsets.US_ASCII));
        offset = until;
        ReadOffsets read = new ReadOffsets(
                new TreeMap<>(Map.of(0, new OffsetRange(from, until))),
                List.of(),
                Optional.of(new AbsentOffsets(
                        OutputTree.absentName(seq), content.length, new TreeMap<>(Map.of(0, (long) absent)))),
                new TreeMap<>(Map.of(0, new RecordIdentity(until - absent - 1, 0, "0123456789abcdef"))));
        return commit(read, List.of(file(path, values.length)), List.of());
    }

    /** Commits a batch with these events of a schema. */
    public TestRun commitEvents(EventSchema schema, String... events) {
        return commitEvents(schema, schema, events);
    }

    /**
     * Commits a batch whose record names another schema than the one that its events have.
     *
     * @param named the schema of the record
     */
    public TestRun commitEvents(EventSchema named, EventSchema written, String... events) {
        String name = named.storedName().orElseThrow();
        TestFiles.writeText(schemaFile(name), named.text());
        List<LedgerFile> files = new ArrayList<>();
        new TestEvents(written, hasKafkaTime)
                .write(folder, seq, offset, List.of(events))
                .forEach((path, rows) -> files.add(file(path, rows)));
        long from = offset;
        offset += events.length;
        ReadOffsets read = ReadOffsets.of(Map.of(0, new OffsetRange(from, offset)));
        return commit(new LedgerRecord(seq, committedAt, TOPIC, Optional.of(name), read, files, List.of()));
    }

    private TestRun commit(ReadOffsets read, List<LedgerFile> files, List<LedgerFile> rejectedFiles) {
        return commit(new LedgerRecord(seq, committedAt, TOPIC, read, files, rejectedFiles));
    }

    public Path schemaFile(String name) {
        return folder.resolve(OutputTree.SCHEMAS).resolve(name + OutputTree.RECORD_SUFFIX);
    }

    public Path absentFile(long seq) {
        return folder.resolve(OutputTree.LEDGER).resolve(OutputTree.absentName(seq));
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

    private LedgerFile reject(int events) {
        String name = "part-" + seq + ".jsonl";
        String lines = LongStream.range(offset, offset + events)
                .mapToObj(number -> "{\"partition\":0,\"offset\":" + number + ",\"reason\":\"" + REASON + "\"}\n")
                .collect(Collectors.joining());
        TestFiles.writeText(rejectedFolder.resolve(name), lines);
        return new LedgerFile(name, events, lines.length());
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
