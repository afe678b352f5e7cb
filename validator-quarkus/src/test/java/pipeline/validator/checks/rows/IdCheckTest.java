package pipeline.validator.checks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;

class IdCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new IdCheck().check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void failsOnAnIdOutOfRange() {
        evidence.add(5, 1, TestEvidence.NOW).add(-1, 1, TestEvidence.NOW);

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().observed()).isEqualTo("2 rows out of range");
        assertThat(found().message()).isEqualTo("Ids out of range: [-1, 5]");
    }

    @Test
    void failsOnARowWithoutAnId() {
        evidence.add(null, 1, TestEvidence.NOW);

        assertThat(found().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new IdCheck().check(TestEvidence.nothing().build()).status()).isEqualTo(Status.NO_DATA);
    }
}
