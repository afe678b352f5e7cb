package pipeline.validator.checks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pipeline.events.Event;
import pipeline.validator.checks.evidence.Check.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot.Kind;

class SchemaCheckTest {
    private final TestEvidence evidence = TestEvidence.good();

    private Finding found() {
        return new SchemaCheck().check(evidence.build());
    }

    @Test
    void passesGoodData() {
        assertThat(found().status()).as(found().message()).isEqualTo(Status.OK);
    }

    @Test
    void namesEachFieldOfTheEventButTheIdWhichTheFolderHas() {
        List<String> fields = Stream.of(Event.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !name.equals(Event.ID))
                .toList();

        assertThat(fields).isNotEmpty().allSatisfy(name -> assertThat(found().expected())
                .containsPattern("\\b" + name + "\\b"));
    }

    @Test
    void failsOnOtherColumns() {
        evidence.otherSchema = Sample.of(List.of("a.parquet: ts is missing"));

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).contains("a.parquet: ts is missing");
    }

    @Test
    void failsOnTheJobsFilesWithoutOffsets() {
        evidence.withoutOffsets = 2;

        assertThat(found().status()).isEqualTo(Status.FAILED);
        assertThat(found().message()).startsWith("No kafka_partition and kafka_offset in 2 files");
    }

    @Test
    void allowsOtherWritersToLeaveOutOffsets() {
        evidence.withoutOffsets = 2;
        evidence.kind = Kind.LISTING;

        assertThat(found().status()).isEqualTo(Status.OK);
    }

    @Test
    void hasNothingToCheckBeforeTheFirstBatch() {
        assertThat(new SchemaCheck().check(TestEvidence.nothing().build()).status())
                .isEqualTo(Status.NO_DATA);
    }
}
