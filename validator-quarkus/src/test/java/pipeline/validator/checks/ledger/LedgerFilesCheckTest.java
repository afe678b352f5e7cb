package pipeline.validator.checks.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot.Kind;

class LedgerFilesCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new LedgerFilesCheck().check(evidence.build());
    }

    @Test
    void failsWhenDataIsGone() {
        evidence.lost = List.of("/data/parquet/run_2 had data until 12:00, and has none now");

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message())
                .isEqualTo("Gone (1): /data/parquet/run_2 had data until 12:00, and has none now.");
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void failsOnAMissingFile() {
        evidence.missing = Sample.of(List.of("run_1/id=0/a.parquet"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).isEqualTo("Missing (1): run_1/id=0/a.parquet.");
    }

    @Test
    void failsOnAStrayFile() {
        evidence.stray = Sample.of(List.of("run_1/id=0/a.parquet"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).startsWith("Stray (1)");
    }

    @Test
    void failsOnAFileOfADifferentSize() {
        evidence.otherSize = Sample.of(List.of("a has 1 bytes, but the ledger says 2"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void failsOnAFileWithADifferentNumberOfRows() {
        evidence.otherRows = Sample.of(List.of("a holds 1 row, but the ledger says 2"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().observed()).isEqualTo("0 missing, 0 stray, 0 with a different size, 1 with different rows");
    }

    @Test
    void warnsOfFilesThatSparkDoesNotKnow() {
        evidence.orphans = Sample.of(List.of("run_1/id=0/orphan.parquet"));

        assertThat(found().status()).isEqualTo(Status.WARN);
        assertThat(found().message()).contains("orphan.parquet");
    }

    @Test
    void failsOnAMissingFileOfSparksLog() {
        evidence.missing = Sample.of(List.of("run_1/id=0/a.parquet"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void allowsABatchInPublication() {
        evidence.inPublication = 2;

        assertThat(found().status()).isEqualTo(Status.OK);
        assertThat(found().message()).contains("2 files in publication");
    }

    @Test
    void hasNothingToCompareWithoutALog() {
        evidence.kind = Kind.LISTING;

        assertThat(found().status()).isEqualTo(Status.NO_DATA);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new LedgerFilesCheck().check(TestEvidence.nothing().build()).status())
                .isEqualTo(Status.NO_DATA);
    }
}
