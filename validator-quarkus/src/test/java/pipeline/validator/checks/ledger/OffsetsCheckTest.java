package pipeline.validator.checks.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot.Kind;

class OffsetsCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new OffsetsCheck().check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void failsOnABreak() {
        evidence.breaks = Sample.of(List.of("batch 5 continues in partition 0 at 3 instead of 2"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).contains("batch 5 continues");
    }

    @Test
    void failsOnABadRecord() {
        evidence.badRecords = Sample.of(List.of("0000000003.json is not a valid ledger record: version is missing"));
        evidence.lostRecords = Sample.of(List.of("3"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).contains("Bad records (1)").contains("Records lost (1): 3.");
    }

    @Test
    void failsWhenTheJobFoundThatKafkaLostEvents() {
        evidence.stopped = List.of("The job stopped at 2026-11-22T12:00:00.000000Z for good: Kafka lost events.");

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).isEqualTo(evidence.stopped.get(0));
    }

    @Test
    void countsOffsetsWithoutARecord() {
        evidence.absent = 12;

        assertThat(found().status()).isEqualTo(Status.OK);
        assertThat(found().observed()).isEqualTo("8 records, 2000 events, 0 offsets in gaps, 12 without a record");
    }

    @Test
    void warnsOfALostRecord() {
        evidence.lostRecords = Sample.of(List.of("3 to 5"));

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().message()).isEqualTo("Records lost (1): 3 to 5.");
    }

    @Test
    void warnsOfOffsetsThatKafkaNoLongerHad() {
        evidence.gaps = Sample.of(List.of("partition 0 offsets 3 to 9 (retention)"));

        assertThat(found().status()).isEqualTo(Status.WARN);
    }

    @Test
    void hasNothingToCheckWithoutALedger() {
        evidence.kind = Kind.LISTING;

        assertThat(found().status()).isEqualTo(Status.NO_DATA);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new OffsetsCheck().check(TestEvidence.nothing().build()).status())
                .isEqualTo(Status.NO_DATA);
    }
}
