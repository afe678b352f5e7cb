package pipeline.validator.checks.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.events.output.RejectedEvent;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.run.RecentTotals;

class RejectedCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new RejectedCheck(0.01, 0.5).check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void warnsOfManyRejectedEvents() {
        evidence.rejected = 21;

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().observed()).isEqualTo("21 of 2000 events, 1.05 %");
    }

    @Test
    void allowsAFew() {
        evidence.rejected = 20;

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void failsWhenMostAreRejected() {
        evidence.rejected = 1001;
        evidence.rejection = Optional.of(new RejectedEvent(2, 77, "value is missing"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message())
                .startsWith("Most of the newest ones: value is missing, for example partition 2 offset 77. ");
    }

    @Test
    void judgesTheNewestBatches() {
        evidence.recent = Optional.of(new RecentTotals(360, true, 100, 60, evidence.tallies));
        evidence.rejected = 60;

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().observed())
                .isEqualTo("60 of 100 events, 60 % in the last hour; 60 of 2000 events, 3 % in all");
    }

    @Test
    void forgivesABadLoadThatIsPast() {
        evidence.recent = Optional.of(new RecentTotals(10, false, 100, 1, evidence.tallies));
        evidence.rejected = 1500;

        assertThat(found().status()).isEqualTo(Status.OK);
        assertThat(found().observed())
                .isEqualTo("1 of 100 events, 1 % in the last 10 batches; 1500 of 2000 events, 75 % in all");
    }

    @Test
    void passesBatchesWithoutEvents() {
        evidence.recent = Optional.of(new RecentTotals(10, true, 0, 0, evidence.tallies));
        evidence.rejected = 1500;

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new RejectedCheck(0.01, 0.5)
                        .check(TestEvidence.nothing().build())
                        .status())
                .isEqualTo(Status.NO_DATA);
    }
}
