package pipeline.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Compares the topic with the run, offset by offset, after the job has caught up. Duplicates are never removed first.
 *
 * @param <E> the event of a row
 */
public abstract class RunOutput<E> {
    /** Ten thousand years before the last one that 64 bits of microseconds can represent. */
    private static final double LATEST_SECOND = Long.MAX_VALUE / 1e6 - 3_652_500L * 86_400;

    private final List<KafkaEvents.Entry> kafka;
    private final List<ParquetRows.Row<E>> rows;
    private final List<RejectedLines.Line> rejected;
    private final List<LedgerRecord> ledger = new ArrayList<>();
    /** The ranges of each batch that has any. */
    private final Map<Long, Map<Integer, List<OffsetRange>>> absent = new HashMap<>();

    protected RunOutput(SystemUnderTest system, ParquetRows.Format<E> format) throws IOException {
        kafka = KafkaEvents.read(system.kafka());
        rows = ParquetRows.readAll(system.tree().run(SystemUnderTest.RUN), format);
        rejected = RejectedLines.read(system.tree().rejected(SystemUnderTest.RUN));
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

    /** Returns why a value is rejected, or nothing if it is an event. */
    protected abstract Optional<String> reason(byte[] value);

    /** Returns whether the event of a row is the valid one that was sent. */
    protected abstract boolean isSame(E event, KafkaEvents.Entry sent);

    public String summary() {
        return kafka.size() + " events in Kafka, " + rows.size() + " rows, " + rejected.size() + " rejected, "
                + ledger.size() + " batches"
                + (absent.isEmpty() ? "" : ", " + absent() + " offsets without a record");
    }

    /** For a topic that still has every record that was read. */
    public void assertIsRight() throws IOException {
        assertEveryOffsetIsThereExactlyOnce();
        assertContentsAreWhatWasSent();
        assertLedgerIsContinuous();
        assertLedgerAccountsForEveryOffset();
    }

    public void assertEveryOffsetIsThereExactlyOnce() {
        assertThat(sorted(kept()))
                .isEqualTo(
                        sorted(kafka.stream().map(KafkaEvents.Entry::position).toList()));
    }

    private List<String> kept() {
        List<String> kept = new ArrayList<>();
        rows.forEach(row -> kept.add(row.partition() + "/" + row.offset()));
        rejected.forEach(line -> kept.add(line.partition() + "/" + line.offset()));
        return kept;
    }

    /** Use this for a topic from which compaction may have removed records after they were read. */
    public void assertEveryRecordOfKafkaIsThere() {
        assertThat(kept())
                .containsAll(kafka.stream().map(KafkaEvents.Entry::position).toList());
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

    private static void addTo(List<String> positions, int partition, OffsetRange range) {
        for (long offset = range.from(); offset < range.until(); offset++) {
            positions.add(partition + "/" + offset);
        }
    }

    public List<ParquetRows.Row<E>> rows() {
        return rows;
    }

    public List<RejectedLines.Line> rejected() {
        return rejected;
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

    private static List<String> sorted(List<String> positions) {
        return positions.stream().sorted().toList();
    }

    /** Leaves out records that compaction has removed since they were read. */
    public void assertContentsAreWhatWasSent() {
        Map<String, KafkaEvents.Entry> entries = new HashMap<>();
        kafka.forEach(entry -> entries.put(entry.position(), entry));
        List<String> different = new ArrayList<>();
        for (ParquetRows.Row<E> row : rows) {
            KafkaEvents.Entry sent = entries.get(row.partition() + "/" + row.offset());
            if (sent != null && !(reason(sent).isEmpty() && isSame(row.event(), sent))) {
                different.add(row + ", sent: " + text(sent));
            }
        }
        for (RejectedLines.Line line : rejected) {
            KafkaEvents.Entry sent = entries.get(line.partition() + "/" + line.offset());
            if (sent != null
                    && !(Arrays.equals(sent.value(), line.payload())
                            && reason(sent)
                                    .map(RunOutput::comparable)
                                    .equals(Optional.of(comparable(line.reason()))))) {
                different.add(line + ", sent: " + text(sent));
            }
        }
        assertThat(different).isEmpty();
    }

    /** The job has an older Jackson, which counts some positions from 1, and says less about what is wrong. */
    private static String comparable(String reason) {
        return reason.replaceFirst(" at character \\d+$", "")
                .replaceFirst(" \\(consider enabling .*\\)$", "")
                .replaceFirst("(Unexpected close marker '.'): .*$", "$1");
    }

    private Optional<String> reason(KafkaEvents.Entry sent) {
        return Math.abs(sent.timestamp() / 1000.0) > LATEST_SECOND
                ? Optional.of("the time of the Kafka record is out of range")
                : reason(sent.value());
    }

    private static String text(KafkaEvents.Entry sent) {
        return sent.value() == null ? "" : new String(sent.value(), StandardCharsets.UTF_8);
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
        assertThat(ledger.stream().mapToLong(LedgerRecord::rows).sum()).isEqualTo(rows.size());
        assertThat(ledger.stream().mapToLong(LedgerRecord::rejected).sum()).isEqualTo(rejected.size());
    }

    /** @param acked {@code session seq json} of each event that Kafka acknowledged to the producer */
    public void assertKafkaHasEachAckedEventOnce(List<String> acked) {
        Map<String, List<String>> held = new HashMap<>();
        kafka.forEach(entry -> held.computeIfAbsent(entry.sender(), sender -> new ArrayList<>())
                .add(text(entry)));
        List<String> wrong = new ArrayList<>();
        held.forEach((sender, values) -> {
            if (!sender.startsWith("-") && values.size() != 1) {
                wrong.add(sender + " is in Kafka " + values.size() + " times");
            }
        });
        for (String line : acked) {
            int json = line.indexOf(' ', line.indexOf(' ') + 1);
            List<String> values = held.getOrDefault(line.substring(0, json), List.of());
            if (!values.equals(List.of(line.substring(json + 1)))) {
                wrong.add("acked " + line + ", in Kafka " + values);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
