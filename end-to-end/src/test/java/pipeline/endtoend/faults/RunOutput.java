package pipeline.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.RejectedLines;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.AbsentFile;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;

/**
 * Compares the topic with a tree of files, and with its ledger, offset by offset, after the job has caught up.
 *
 * @param <E> the event of a row
 */
public abstract class RunOutput<E> extends TopicComparison<E> {
    private final List<LedgerRecord> ledger = new ArrayList<>();
    /** The ranges of each batch that has any. */
    private final Map<Long, Map<Integer, List<OffsetRange>>> absent = new HashMap<>();

    protected RunOutput(SystemUnderTest system, ParquetRows.Format<E> format) throws IOException {
        super(
                KafkaEvents.read(system.kafka()),
                ParquetRows.readAll(system.tree().run(SystemUnderTest.RUN), format),
                RejectedLines.read(system.tree().rejected(SystemUnderTest.RUN)));
        try (Stream<Path> records = Files.list(system.tree().ledger(SystemUnderTest.RUN))) {
            for (Path file : records.filter(path -> path.toString().endsWith(OutputTree.RECORD_SUFFIX))
                    .sorted()
                    .toList()) {
                LedgerRecord record = LedgerJson.decode(Files.readAllBytes(file));
                ledger.add(record);
                if (record.read().absent().isPresent()) {
                    String name = record.read().absent().get().file();
                    absent.put(record.seq(), AbsentFile.decode(Files.readAllBytes(file.resolveSibling(name))));
                }
            }
        }
    }

    @Override
    public String summary() {
        return super.summary() + ", " + ledger.size() + " batches"
                + (absent.isEmpty() ? "" : ", " + absent() + " offsets without a record");
    }

    /** For a topic that still has every record that was read. */
    @Override
    public void assertIsRight() throws IOException {
        assertEveryOffsetIsThereExactlyOnce();
        assertContentsAreWhatWasSent();
        assertLedgerIsContinuous();
        assertLedgerAccountsForEveryOffset();
    }

    /** Rows, rejected events, gaps and absent offsets are the ledger's offsets, without overlap, and in the right batch. */
    public void assertLedgerAccountsForEveryOffset() {
        List<String> accounted = kept();
        List<String> expected = new ArrayList<>();
        for (LedgerRecord record : ledger) {
            record.offsets().forEach((partition, range) -> addTo(expected, partition, range));
            record.gaps().forEach(gap -> {
                OffsetRange range = new OffsetRange(gap.from(), gap.until());
                assertIsIn(record, gap.partition(), range);
                addTo(accounted, gap.partition(), range);
            });
            absent(record)
                    .forEach((partition, ranges) -> ranges.forEach(range -> {
                        assertIsIn(record, partition, range);
                        addTo(accounted, partition, range);
                    }));
            assertCountsAreRight(record);
        }
        assertThat(sorted(accounted)).isEqualTo(sorted(expected));
    }

    private static void assertIsIn(LedgerRecord record, int partition, OffsetRange part) {
        OffsetRange whole = record.offsets().get(partition);
        assertThat(part.from() >= whole.from() && part.until() <= whole.until())
                .as("batch %s, partition %s: %s is in %s", record.seq(), partition, part, whole)
                .isTrue();
    }

    private void assertCountsAreRight(LedgerRecord record) {
        Map<Integer, Long> counts = new TreeMap<>();
        absent(record)
                .forEach((partition, ranges) -> counts.put(
                        partition,
                        ranges.stream().mapToLong(OffsetRange::length).sum()));
        assertThat(record.read().absent().map(AbsentOffsets::counts).orElseGet(TreeMap::new))
                .as("absent offsets of batch %s", record.seq())
                .isEqualTo(counts);
        assertThat(record.events())
                .as("events of batch %s", record.seq())
                .isEqualTo(record.read().events())
                .isEqualTo(record.rows() + record.rejected());
    }

    private Map<Integer, List<OffsetRange>> absent(LedgerRecord record) {
        return absent.getOrDefault(record.seq(), Map.of());
    }

    public List<LedgerRecord> ledger() {
        return ledger;
    }

    public long absent() {
        return ledger.stream()
                .flatMap(record -> record.read().absent().stream())
                .mapToLong(AbsentOffsets::count)
                .sum();
    }

    public void assertLedgerIsContinuous() {
        Map<Integer, Long> next = new TreeMap<>();
        for (int i = 0; i < ledger.size(); i++) {
            assertThat(ledger.get(i).seq()).isEqualTo(i);
            for (Map.Entry<Integer, OffsetRange> partition :
                    ledger.get(i).offsets().entrySet()) {
                long from = partition.getValue().from();
                assertThat(from)
                        .as("batch %s, partition %s", i, partition.getKey())
                        .isEqualTo(next.getOrDefault(partition.getKey(), from));
                next.put(partition.getKey(), partition.getValue().until());
            }
        }
        assertThat(ledger.stream().mapToLong(LedgerRecord::rows).sum()).isEqualTo(rows().size());
        assertThat(ledger.stream().mapToLong(LedgerRecord::rejected).sum())
                .isEqualTo(rejected().size());
    }
}
