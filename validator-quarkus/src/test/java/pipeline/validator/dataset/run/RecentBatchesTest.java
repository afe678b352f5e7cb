package pipeline.validator.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.Tallies;

class RecentBatchesTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final RecentBatches recent = new RecentBatches();
    private long seq;

    /** Adds batches of 3 events each, of which 1 is rejected. */
    private void add(int batches, Duration after, Duration apart) {
        for (int i = 0; i < batches; i++) {
            recent.add(new LedgerRecord(
                    seq,
                    START.plus(after).plus(apart.multipliedBy(i)),
                    new TopicIdentity("cluster-id", "events", "topic-id"),
                    ReadOffsets.of(Map.of(0, new OffsetRange(3 * seq, 3 * seq + 3))),
                    List.of(),
                    List.of(new LedgerFile("part.jsonl", 1, 100))));
            recent.add(seq++, row());
        }
    }

    private static Tallies row() {
        Tallies tallies = new Tallies();
        tallies.of(0).addValue(1);
        return tallies;
    }

    private RecentTotals totals() {
        return recent.totals().orElseThrow();
    }

    @Test
    void hasNothingBeforeTheFirstBatch() {
        assertThat(recent.totals()).isEmpty();
    }

    @Test
    void keepsTheLastHour() {
        add(1000, Duration.ZERO, Duration.ofSeconds(10));

        assertThat(totals().batches()).isEqualTo(361);
        assertThat(totals().events()).isEqualTo(3 * 361);
        assertThat(totals().rejected()).isEqualTo(361);
        assertThat(totals().tallies().rows()).isEqualTo(361);
        assertThat(totals().period()).isEqualTo("in the last hour");
    }

    @Test
    void keepsTenBatchesOfAnyAge() {
        add(20, Duration.ZERO, Duration.ofDays(1));

        assertThat(totals().period()).isEqualTo("in the last 10 batches");
        assertThat(totals().events()).isEqualTo(30);
    }

    @Test
    void forgetsCommitsOfAClockThatWasAhead() {
        add(50, Duration.ofDays(400), Duration.ofSeconds(1));
        add(20, Duration.ZERO, Duration.ofSeconds(1));

        assertThat(totals().batches()).isEqualTo(20);
    }

    @Test
    void leavesOutFilesOfForgottenBatches() {
        add(20, Duration.ZERO, Duration.ofDays(1));
        recent.add(0, row());
        recent.add(19, row());

        assertThat(totals().tallies().rows()).isEqualTo(11);
    }
}
