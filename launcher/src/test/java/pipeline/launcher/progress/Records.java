package pipeline.launcher.progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;

/** Ledger records of one partition. */
final class Records {
    private Records() {}

    static LedgerRecord record(long seq, long from, long rows, long rejected, OffsetGap... gaps) {
        long lost = List.of(gaps).stream().mapToLong(OffsetGap::length).sum();
        TreeMap<Integer, OffsetRange> offsets = new TreeMap<>();
        offsets.put(0, new OffsetRange(from, from + rows + rejected + lost));
        return new LedgerRecord(
                seq,
                Instant.EPOCH,
                new TopicIdentity("cluster-id", "events", "topic-id"),
                ReadOffsets.of(offsets, List.of(gaps)),
                List.of(new LedgerFile("id=0/" + OutputTree.partName(seq, 0, ".parquet"), rows, 100)),
                List.of(new LedgerFile(OutputTree.partName(seq, 0, ".jsonl"), rejected, 100)));
    }

    static void write(Path ledger, LedgerRecord record) throws IOException {
        Files.createDirectories(ledger);
        Files.write(ledger.resolve(OutputTree.recordName(record.seq())), LedgerJson.encode(record));
    }
}
