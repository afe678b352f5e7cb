package pipeline.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.CheckThresholds;
import pipeline.validator.checks.evidence.TestEvidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.Sample;

class ChecksTest {
    private static final Path OPERATIONS = Path.of("../docs/operations.md");

    private static final Path CLASSES = Path.of("target/classes");

    /** The paths that stand for those of a deployment in docs/operations.md. */
    private static final DatasetSnapshot ANY = new DatasetSnapshot(
            Instant.EPOCH,
            "OUTPUT_DIR/parquet/run_1",
            "run_1",
            true,
            List.of("run_1"),
            Optional.of("run_1"),
            List.of(),
            List.of(),
            0);

    private final Checks checks = new Checks(new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 1, new DurationConverter())
            .withMapping(CheckThresholds.class)
            .build()
            .getConfigMapping(CheckThresholds.class));
    private final TestEvidence evidence = TestEvidence.good();

    @Test
    void listsEveryCheck() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("pipeline/validator/checks"))) {
            List<String> classes = files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith("Check.class") && !file.endsWith("/Check.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .toList();

            assertThat(checks.all)
                    .extracting(check -> check.getClass().getName())
                    .containsExactlyInAnyOrderElementsOf(classes);
        }
    }

    @Test
    void operationsHasTheAdviceOfEachCheck() throws IOException {
        List<String> rows = checks.all.stream().map(this::row).toList();

        assertThat(Files.readAllLines(OPERATIONS).stream()
                        .filter(line -> line.startsWith("| <a id=\"check-"))
                        .toList())
                .isEqualTo(rows);
    }

    private String row(Check check) {
        return "| <a id=\"check-%1$s\"></a>`%1$s`%2$s | %3$s |"
                .formatted(check.check(evidence.build()).name(), events(check), check.advice(ANY));
    }

    /** Returns which events the check is for, if it is not for all. */
    private String events(Check check) {
        TestEvidence withSchema = TestEvidence.good();
        withSchema.ofSchema = Optional.of(EventTotals.NONE);
        if (!check.isFor(withSchema.build().data())) {
            return ", only for built-in events";
        }
        return check.isFor(evidence.build().data()) ? "" : ", only for events with a schema";
    }

    @Test
    void adviseOnlyIfTheyWarnOrFail() {
        evidence.stray = Sample.of(List.of("run_1/id=0/stray.parquet"));
        evidence.gaps = Sample.of(List.of("partition 0: 5 to 7"));

        assertThat(checks.check(evidence.build()))
                .filteredOn(finding -> finding.advice() != null)
                .extracting(Check.Finding::name)
                .containsExactly("ledger-files", "offsets");
    }
}
