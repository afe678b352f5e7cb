package pipeline.validator.checks.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.kafka.TopicState;

class LagCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new LagCheck(100, Duration.ofMinutes(15)).check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void warnsWhenTheJobIsBehind() {
        evidence.until = 1899;

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().observed()).isEqualTo("101 events");
        assertThat(LagCheck.lag(evidence.build())).hasValue(101);
    }

    @Test
    void allowsALittleLag() {
        evidence.until = 1900;

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void failsWhenTheJobHasStopped() {
        evidence.changed = TestEvidence.NOW.minus(Duration.ofMinutes(16));
        evidence.waitSince(TestEvidence.NOW.minus(Duration.ofMinutes(16)), Duration.ofDays(7));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message())
                .isEqualTo(
                        "The job has stopped: events are waiting, but the last commit was at 2026-11-22T12:44:00.000000Z."
                                + " Kafka deletes the oldest of them in 167h44m. Start the job.");
    }

    @Test
    void toleratesEventsThatHaveJustArrivedAfterALongPause() {
        evidence.changed = TestEvidence.NOW.minus(Duration.ofHours(8));
        evidence.waitSince(TestEvidence.NOW.minusSeconds(9), Duration.ofDays(7));

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void failsWhenKafkaSoonDeletesEventsThatWait() {
        evidence.waitSince(TestEvidence.NOW.minus(Duration.ofHours(19)), Duration.ofDays(1));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message())
                .isEqualTo("The job is too far behind Kafka. Kafka deletes the oldest of them in 5h. Let it catch up.");
    }

    @Test
    void countsWhatWaitsBehindAnOpenTransactionApart() {
        evidence.openSince(TestEvidence.NOW.minusSeconds(20), null, Duration.ofDays(7));

        assertThat(found().status()).isEqualTo(Status.OK);
        assertThat(found().observed()).isEqualTo("0 events, and 5 offsets behind an open transaction");
        assertThat(LagCheck.lag(evidence.build())).hasValue(0);
    }

    @Test
    void namesATransactionThatHasBeenOpenForMoreThanFiveMinutes() {
        evidence.openSince(TestEvidence.NOW.minusSeconds(301), null, Duration.ofDays(7));

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().message())
                .isEqualTo(
                        "The job cannot read events behind an open transaction. It is open in partition 0 from offset 2000,"
                                + " since 2026-11-22T12:54:59.000000Z, by producer id 7. To abort it: abort it.");
    }

    @Test
    void holdsATransactionAgainstItsTimeoutIfKafkaSaysIt() {
        evidence.openSince(TestEvidence.NOW.minusSeconds(301), Duration.ofMinutes(10), Duration.ofDays(7));
        assertThat(found().status()).isEqualTo(Status.OK);

        evidence.openSince(TestEvidence.NOW.minusSeconds(61), Duration.ofMinutes(1), Duration.ofDays(7));
        assertThat(found().status()).isEqualTo(Status.WARN);
    }

    @Test
    void failsWhenKafkaSoonDeletesEventsBehindAnOpenTransaction() {
        evidence.openSince(TestEvidence.NOW.minus(Duration.ofHours(19)), null, Duration.ofDays(1));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message())
                .startsWith(
                        "The job cannot read events behind an open transaction. Kafka deletes the oldest of them in 5h. It is");
    }

    @Test
    void failsWhenEventsWaitAndNothingWasEverCommitted() {
        TestEvidence nothing = TestEvidence.nothing();
        nothing.waitSince(TestEvidence.NOW.minus(Duration.ofMinutes(16)), null);
        LagCheck check = new LagCheck(100, Duration.ofMinutes(15));

        assertThat(check.check(nothing.build()).status()).isEqualTo(Status.FAILED);
        assertThat(check.check(nothing.build()).observed()).isEqualTo("2007 events");
        nothing.watchedSince = TestEvidence.NOW.minus(Duration.ofMinutes(14));
        nothing.waitSince(TestEvidence.NOW.minus(Duration.ofMinutes(16)), null);
        assertThat(check.check(nothing.build()).status()).isEqualTo(Status.NO_DATA);
    }

    @Test
    void doesNotCompareTheIdOfATopicWithNone() {
        evidence.topic = TestEvidence.topic("AAAAAAAAAAAAAAAAAAAAAA", 0, 2000);

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void holdsOnlyTheRunThatIsWrittenAgainstTheTopic() {
        evidence.topic = TestEvidence.topic("topic-id", 2001, 3000);
        evidence.latestRun = Optional.of("run_2");

        assertThat(found().status()).isEqualTo(Status.NO_DATA);
        assertThat(found().message()).contains("run_2");
    }

    @Test
    void failsWhenKafkaLostEvents() {
        evidence.topic = TestEvidence.topic("topic-id", 0, 1999);

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).contains("ends at 1999");
    }

    @Test
    void failsWhenEventsAgedOutUnread() {
        evidence.topic = TestEvidence.topic("topic-id", 2001, 3000);

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).contains("only has offsets from 2001 on");
    }

    @Test
    void warnsIfTheTopicIsAnotherOne() {
        evidence.topic = TestEvidence.topic("other-id", 0, 5);

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().message()).contains("topic-id").contains("other-id");
    }

    @Test
    void warnsWhenTheBrokerDoesNotAnswer() {
        evidence.topic = new TopicState.Unknown("Kafka at localhost:1 does not accept connections");

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().message()).isEqualTo("Kafka at localhost:1 does not accept connections");
        assertThat(LagCheck.lag(evidence.build())).isEmpty();
    }

    @Test
    void hasNothingToCheckWithoutABroker() {
        evidence.topic = new TopicState.NotConfigured();

        assertThat(found().status()).isEqualTo(Status.NO_DATA);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new LagCheck(100, Duration.ofMinutes(15))
                        .check(TestEvidence.nothing().build())
                        .status())
                .isEqualTo(Status.NO_DATA);
    }
}
