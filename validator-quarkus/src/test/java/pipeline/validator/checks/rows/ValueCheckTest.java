package pipeline.validator.checks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;

class ValueCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new ValueCheck().check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void failsOnAValueOutOfRange() {
        evidence.add(0, 100.5, TestEvidence.NOW);

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().observed()).isEqualTo("1 out of range, 0 null, 0 NaN, 0 infinite");
    }

    @Test
    void failsOnAValueThatIsNotANumber() {
        evidence.add(0, Double.NaN, TestEvidence.NOW).add(1, Double.POSITIVE_INFINITY, TestEvidence.NOW);
        evidence.tallies.of(2).addNullValues(1);

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().observed()).isEqualTo("0 out of range, 1 null, 1 NaN, 1 infinite");
        assertThat(found().message()).startsWith("Not allowed in an event: 3 of 2003 values");
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new ValueCheck().check(TestEvidence.nothing().build()).status())
                .isEqualTo(Status.NO_DATA);
    }
}
