package pipeline.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.RejectedLines;
import pipeline.events.offsets.OffsetRange;

/**
 * Compares the topic with what a reader sees of a run, offset by offset, after the job has caught up. Duplicates are never removed
 * first.
 *
 * @param <E> the event of a row
 */
public abstract class TopicComparison<E> {
    /** Ten thousand years before the last one that 64 bits of microseconds can represent. */
    private static final double LATEST_SECOND = Long.MAX_VALUE / 1e6 - 3_652_500L * 86_400;

    private final List<KafkaEvents.Entry> kafka;
    private final List<ParquetRows.Row<E>> rows;
    private final List<RejectedLines.Line> rejected;

    protected TopicComparison(
            List<KafkaEvents.Entry> kafka, List<ParquetRows.Row<E>> rows, List<RejectedLines.Line> rejected) {
        this.kafka = kafka;
        this.rows = rows;
        this.rejected = rejected;
    }

    /** Returns why a value is rejected, or nothing if it is an event. */
    protected abstract Optional<String> reason(byte[] value);

    /** Returns whether the event of a row is the valid one that was sent. */
    protected abstract boolean isSame(E event, KafkaEvents.Entry sent);

    public String summary() {
        return kafka.size() + " events in Kafka, " + rows.size() + " rows, " + rejected.size() + " rejected";
    }

    /** For a topic that still has every record that was read. */
    public void assertIsRight() throws IOException {
        assertEveryOffsetIsThereExactlyOnce();
        assertContentsAreWhatWasSent();
    }

    public void assertEveryOffsetIsThereExactlyOnce() {
        assertThat(sorted(kept()))
                .isEqualTo(
                        sorted(kafka.stream().map(KafkaEvents.Entry::position).toList()));
    }

    protected final List<String> kept() {
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

    protected static void addTo(List<String> positions, int partition, OffsetRange range) {
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

    protected static List<String> sorted(List<String> positions) {
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
                                    .map(TopicComparison::comparable)
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
