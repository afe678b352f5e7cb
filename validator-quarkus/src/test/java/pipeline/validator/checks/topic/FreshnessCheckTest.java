package pipeline.validator.checks.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;

class FreshnessCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new FreshnessCheck(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(1))
                .check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void warnsOfOldData() {
        evidence.changed = TestEvidence.NOW.minusSeconds(7501);

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().observed()).isEqualTo("2h5m1s old");
        assertThat(found().expected()).isEqualTo("at most 5m old");
    }

    @Test
    void failsWhenEventsWaitAndNothingIsCommitted() {
        evidence.changed = TestEvidence.NOW.minusSeconds(7501);
        evidence.waitSince(TestEvidence.NOW.minusSeconds(7400), null);

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).startsWith("The job has stopped: events are waiting in Kafka");
    }

    @Test
    void hasNothingToCheckInAnEarlierRun() {
        evidence.changed = TestEvidence.NOW.minusSeconds(7501);
        evidence.latestRun = Optional.of("run_2");

        assertThat(found().status()).isEqualTo(Status.NO_DATA);
    }

    @Test
    void allowsDataOfTheLimitsAge() {
        evidence.changed = TestEvidence.NOW.minusSeconds(300);

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void failsWhenEventsWaitAndNothingWasEverCommitted() {
        TestEvidence nothing = TestEvidence.nothing();
        nothing.waitSince(TestEvidence.NOW.minusSeconds(7400), null);
        FreshnessCheck check = new FreshnessCheck(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(1));

        assertThat(check.check(nothing.build()).status()).isEqualTo(Status.FAILED);
        assertThat(check.check(nothing.build()).message())
                .isEqualTo(
                        "Events have been waiting in Kafka since 2026-11-22T10:56:40.000000Z, but nothing was ever committed."
                                + " Start the job.");
        nothing.watchedSince = TestEvidence.NOW.minusSeconds(800);
        nothing.waitSince(TestEvidence.NOW.minusSeconds(7400), null);
        assertThat(check.check(nothing.build()).status()).isEqualTo(Status.NO_DATA);
    }

    @Test
    void namesACommitInTheFuture() {
        evidence.changed = TestEvidence.NOW.plusSeconds(61);

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().observed()).isEqualTo("1m1s in the future");
        assertThat(found().message()).contains("2026-11-22T13:01:01.000000Z").contains("Compare the clocks");
        evidence.changed = TestEvidence.NOW.plusSeconds(60);
        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new FreshnessCheck(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(1))
                        .check(TestEvidence.nothing().build())
                        .status())
                .isEqualTo(Status.NO_DATA);
    }
}
