package pipeline.validator.dataset.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.FileSums;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.listing.TreeListing;
import pipeline.validator.dataset.run.RunSnapshot.Committed;
import pipeline.validator.dataset.storage.LocalStorage;

/** The job publishes between the listing of the ledger and that of the folder, or after both. */
class LedgerComparisonTest {
    private static final String OLDER = "id=0/part-0000000000-0.parquet";
    private static final String NEWER = "id=0/part-0000000001-0.parquet";
    private static final String NEXT = "id=0/part-0000000002-0.parquet";

    @TempDir
    Path root;

    private LedgerComparison comparisonWith(String... listed) throws IOException {
        for (String path : listed) {
            Path file = root.resolve("run_1").resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[4]);
        }
        FileSums older = new FileSums();
        older.add("run_1/" + OLDER, 4);
        return new LedgerComparison(
                "run_1", new Committed(0, older), TreeListing.ofGlob(new LocalStorage(root), "run_1"));
    }

    private static LedgerRecord record(long seq, String path) {
        return new LedgerRecord(
                seq,
                Instant.EPOCH,
                new TopicIdentity("cluster-id", "events", "topic-id"),
                ReadOffsets.of(Map.of(0, new OffsetRange(seq, seq + 1))),
                List.of(new LedgerFile(path, 1, 4)),
                List.of());
    }

    @Test
    void missesNoFileOfARecordThatCameAfterTheListing() throws IOException {
        LedgerComparison comparison = comparisonWith(OLDER);
        comparison.addNewer(1, record(1, NEWER));

        assertThat(comparison.needsRecords()).isFalse();
        assertThat(comparison.audit().missing()).isEqualTo(Sample.NONE);
    }

    @Test
    void findsNoFileStrayWhoseRecordCameMeanwhileOrComesNext() throws IOException {
        LedgerComparison comparison = comparisonWith(OLDER, NEWER, NEXT);
        comparison.addNewer(1, record(1, NEWER));

        TreeAudit audit = comparison.audit();

        assertThat(audit.stray()).isEqualTo(Sample.NONE);
        assertThat(audit.inPublication()).isEqualTo(1);
        assertThat(audit.listed()).isEqualTo(3);
    }

    @Test
    void missesAFileOfAnOlderRecord() throws IOException {
        LedgerComparison comparison = comparisonWith(NEWER);
        assertThat(comparison.needsRecords()).isTrue();
        comparison.add(record(0, OLDER));

        assertThat(comparison.audit().missing().first()).containsExactly("run_1/" + OLDER);
    }
}
