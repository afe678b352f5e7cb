package pipeline.validator.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.audit.RejectedFiles.RejectedEvent;

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
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new RejectedCheck(0.01, 0.5)
                        .check(TestEvidence.nothing().build())
                        .status())
                .isEqualTo(Status.NO_DATA);
    }
}
