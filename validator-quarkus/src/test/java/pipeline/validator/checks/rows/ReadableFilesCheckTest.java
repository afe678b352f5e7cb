package pipeline.validator.checks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.run.RunSnapshot.UnreadFile;

class ReadableFilesCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new ReadableFilesCheck().check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void failsOnAnUnreadableFile() {
        evidence.unread = List.of(new UnreadFile("run_1/id=0/a.parquet", "it is empty"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().observed()).isEqualTo("1 of 10 unreadable");
        assertThat(found().message()).isEqualTo("Can't be read: run_1/id=0/a.parquet (it is empty)");
    }

    @Test
    void failsIfTheFolderCannotBeRead() {
        evidence.unreachable = Optional.of("/data/run_1 can't be read: permission denied");

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().observed()).isEqualTo("1 unreadable folder");
        assertThat(found().message()).isEqualTo("/data/run_1 can't be read: permission denied");
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new ReadableFilesCheck()
                        .check(TestEvidence.nothing().build())
                        .status())
                .isEqualTo(Status.NO_DATA);
    }
}
