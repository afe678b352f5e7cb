package pipeline.validator.checks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.run.RecentTotals;

class TimestampCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new TimestampCheck(Duration.ofMinutes(1)).check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void failsOnARowWithoutTs() {
        evidence.tallies.of(0).addNullTs(3);

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().observed()).isEqualTo("3 without ts");
    }

    @Test
    void missesNoTimeOfAKafkaRecordThatTheFilesCannotHold() {
        TestEvidence events = TestEvidence.nothing();
        events.isEmpty = false;
        events.tallies.of("DE").addValue(1);
        assertThat(new TimestampCheck(Duration.ofMinutes(1))
                        .check(events.build())
                        .status())
                .isEqualTo(Status.FAILED);

        events.ofSchema = Optional.of(EventTotals.NONE);

        assertThat(new TimestampCheck(Duration.ofMinutes(1))
                        .check(events.build())
                        .status())
                .isEqualTo(Status.OK);
    }

    @Test
    void warnsOfATsInTheFuture() {
        evidence.add(0, 1, TestEvidence.NOW.plusSeconds(61));

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().observed()).contains("2026-11-22T13:01:01.000000Z");
    }

    @Test
    void forgivesATsInTheFutureThatCameLongAgo() {
        TestEvidence newest = TestEvidence.nothing().add(0, 1, TestEvidence.NOW);
        evidence.recent = Optional.of(new RecentTotals(10, false, 1, 0, newest.tallies));
        evidence.add(0, 1, TestEvidence.NOW.plusSeconds(61));

        assertThat(found().status()).isEqualTo(Status.OK);
        assertThat(found().observed()).contains("2026-11-22T13:01:01.000000Z");
        assertThat(found().message()).contains("no new one is in the future");
    }

    @Test
    void allowsClocksToDiffer() {
        evidence.add(0, 1, TestEvidence.NOW.plusSeconds(60));

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new TimestampCheck(Duration.ofMinutes(1))
                        .check(TestEvidence.nothing().build())
                        .status())
                .isEqualTo(Status.NO_DATA);
    }
}
