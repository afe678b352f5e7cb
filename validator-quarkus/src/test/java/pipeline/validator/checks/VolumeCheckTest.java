package pipeline.validator.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;

class VolumeCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new VolumeCheck(0.5, 1000).check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void warnsOfAnIdWithManyMoreRowsThanTheOthers() {
        for (int row = 0; row <= TestEvidence.ROWS_OF_ID / 2; row++) {
            evidence.add(3, 1, TestEvidence.NOW);
        }

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().message()).isEqualTo("Ids [3] are far from the median of 400 rows.");
    }

    @Test
    void warnsOfASilentId() {
        TestEvidence others = TestEvidence.nothing();
        others.isEmpty = false;
        for (int row = 0; row < 1000; row++) {
            others.add(row % 4, 1, TestEvidence.NOW);
        }

        Finding found = new VolumeCheck(0.5, 1000).check(others.build());

        assertThat(found.status()).isEqualTo(Status.WARN);
        assertThat(found.message()).startsWith("Ids [4] are far");
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new VolumeCheck(0.5, 1000)
                        .check(TestEvidence.nothing().build())
                        .status())
                .isEqualTo(Status.NO_DATA);
    }
}
