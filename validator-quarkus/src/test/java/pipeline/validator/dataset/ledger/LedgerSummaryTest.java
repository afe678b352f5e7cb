package pipeline.validator.dataset.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.Sample;

class LedgerSummaryTest {
    private Optional<LedgerSummary> summary = Optional.empty();

    private void add(LedgerRecord record) {
        summary = Optional.of(LedgerSummary.of(summary, record));
    }

    private LedgerSummary summary() {
        return summary.orElseThrow();
    }

    private static LedgerRecord record(long seq, Map<Integer, OffsetRange> offsets, OffsetGap... gaps) {
        return record(seq, "topic-id", offsets, gaps);
    }

    private static LedgerRecord record(long seq, String topicId, Map<Integer, OffsetRange> offsets, OffsetGap... gaps) {
        return new LedgerRecord(
                seq,
                Instant.EPOCH,
                new TopicIdentity("cluster-id", "events", topicId),
                ReadOffsets.of(offsets, List.of(gaps)),
                List.of(),
                List.of());
    }

    @Test
    void acceptsRecordsThatContinueOneAnother() {
        add(record(0, Map.of(0, new OffsetRange(5, 9))));
        add(record(1, Map.of(0, new OffsetRange(9, 9), 1, new OffsetRange(0, 3))));
        add(record(2, Map.of(0, new OffsetRange(9, 10), 1, new OffsetRange(3, 4))));

        assertThat(summary().records()).isEqualTo(3);
        assertThat(summary().events()).isEqualTo(9);
        assertThat(summary().newest().seq()).isEqualTo(2);
        assertThat(summary().breaks()).isEqualTo(Sample.NONE);
        assertThat(summary().lostRecords()).isEqualTo(Sample.NONE);
        assertThat(summary().gaps()).isEqualTo(Sample.NONE);
    }

    @Test
    void notesOverlapsAndHoles() {
        add(record(0, Map.of(0, new OffsetRange(0, 9), 1, new OffsetRange(0, 9))));
        add(record(1, Map.of(0, new OffsetRange(8, 10), 1, new OffsetRange(10, 11))));

        assertThat(summary().breaks().first())
                .containsExactly(
                        "batch 1 continues in partition 0 at 8 instead of 9",
                        "batch 1 continues in partition 1 at 10 instead of 9");
    }

    @Test
    void notesAMissingPartition() {
        add(record(0, Map.of(0, new OffsetRange(0, 9))));
        add(record(1, Map.of(1, new OffsetRange(0, 1))));

        assertThat(summary().breaks().first()).containsExactly("batch 1 has no offsets of partition 0");
    }

    @Test
    void notesMissingRecords() {
        add(record(1, Map.of(0, new OffsetRange(0, 9))));
        add(record(5, Map.of(0, new OffsetRange(9, 9))));

        assertThat(summary().lostRecords().first()).containsExactly("0", "2 to 4");
    }

    @Test
    void notesAnotherTopic() {
        add(record(0, "one", Map.of(0, new OffsetRange(0, 9))));
        add(record(1, "other", Map.of(0, new OffsetRange(9, 9))));

        assertThat(summary().breaks().first())
                .containsExactly("batch 1 is from another topic or cluster than the previous batch");
    }

    @Test
    void addsUpGaps() {
        add(record(0, Map.of(0, new OffsetRange(0, 9)), new OffsetGap(0, 2, 5, "retention")));

        assertThat(summary().gapEvents()).isEqualTo(3);
        assertThat(summary().gaps().first()).containsExactly("partition 0 offsets 2 to 4 (retention)");
    }
}
