package pipeline.validator.checks.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.content.Sample;

class ExactlyOnceCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new ExactlyOnceCheck().check(evidence.build());
    }

    private void read(Sample missing, Sample twice) {
        evidence.offsets = Optional.of(TestEvidence.offsetAudit(100, missing, Sample.NONE, twice));
    }

    private void readWithoutLedger(Sample holes, Sample twice) {
        evidence.offsets = Optional.of(TestEvidence.offsetAudit(0, Sample.NONE, holes, twice));
    }

    @Test
    void passesIfEveryOffsetIsPresentOnce() {
        read(Sample.NONE, Sample.NONE);

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void failsOnAMissingOffset() {
        read(Sample.of(List.of("0:17")), Sample.NONE);

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).isEqualTo("As partition:offset. Missing (1): 0:17.");
    }

    @Test
    void failsOnADuplicateOffset() {
        read(Sample.NONE, Sample.of(List.of("2:4")));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).contains("Twice (1): 2:4.");
    }

    @Test
    void warnsOfAHoleIfNoLedgerSaysWhatWasRejected() {
        readWithoutLedger(Sample.of(List.of("0:17")), Sample.NONE);

        assertThat(found().status()).isEqualTo(Status.WARN);
    }

    @Test
    void failsOnADuplicateWithoutALedgerToo() {
        readWithoutLedger(Sample.NONE, Sample.of(List.of("0:17")));

        assertThat(found().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void hasNothingToCheckIfRowsHaveNoOffsets() {
        evidence.offsets = Optional.of(new OffsetAudit(0, 9, 0, OffsetAudit.Faults.NONE, 0));

        assertThat(found().status()).isEqualTo(Status.NO_DATA);
    }

    @Test
    void checksOnlyOnRequest() {
        assertThat(found().status()).isEqualTo(Status.NO_DATA);
        assertThat(found().message()).contains("deep=true");
    }
}
