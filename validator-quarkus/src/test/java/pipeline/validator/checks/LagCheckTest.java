package pipeline.validator.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.kafka.TopicState;

class LagCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new LagCheck(100).check(evidence.build());
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
        assertThat(new LagCheck(100).check(TestEvidence.nothing().build()).status())
                .isEqualTo(Status.NO_DATA);
    }
}
