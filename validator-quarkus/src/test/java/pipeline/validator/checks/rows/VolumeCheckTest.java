package pipeline.validator.checks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.run.RecentTotals;

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
        assertThat(found().message()).isEqualTo("Far from the median of 400 rows: id 3.");
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
        assertThat(found.message()).isEqualTo("Far from the median of 250 rows: id 4.");
    }

    @Test
    void warnsOfAnIdThatFellSilent() {
        evidence.recent = Optional.of(recent(300, 300, 0, 300, 300));

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().message()).isEqualTo("Far from the median of 300 rows: id 2.");
        assertThat(found().observed())
                .isEqualTo("id 0: 300, id 1: 300, id 2: 0, id 3: 300, id 4: 300 in the last hour;"
                        + " id 0: 400, id 1: 400, id 2: 400, id 3: 400, id 4: 400 in all");
    }

    @Test
    void forgivesAnIdThatWasSilentBefore() {
        evidence.recent = Optional.of(recent(300, 300, 300, 300, 300));
        for (int row = 0; row < 9_000; row++) {
            evidence.add(3, 1, TestEvidence.NOW);
        }

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    private static RecentTotals recent(int... rows) {
        TestEvidence newest = TestEvidence.nothing();
        for (int id = 0; id < rows.length; id++) {
            for (int row = 0; row < rows[id]; row++) {
                newest.add(id, 1, TestEvidence.NOW);
            }
        }
        return new RecentTotals(360, true, 1, 0, newest.tallies);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new VolumeCheck(0.5, 1000)
                        .check(TestEvidence.nothing().build())
                        .status())
                .isEqualTo(Status.NO_DATA);
    }
}
