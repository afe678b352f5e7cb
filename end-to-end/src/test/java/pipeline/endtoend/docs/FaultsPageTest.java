package pipeline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.system.Repository;

/** The table of {@code docs/faults.md} has one row for each fault, and each fault has a scenario that compares its row. */
class FaultsPageTest {
    private static final Path SCENARIOS =
            Repository.ROOT.resolve("end-to-end/src/test/java/pipeline/endtoend/faults/scenarios");

    @Test
    void hasTheRowsOfTheFaultsInTheirOrder() {
        List<String> rows = Fault.rows();

        assertThat(rows).hasSameSizeAs(Fault.values());
        for (Fault fault : Fault.values()) {
            assertThat(rows.get(fault.ordinal())).startsWith(fault.start());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isComparedByAScenario(Fault fault) throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            List<Path> scenarios = files.filter(file -> file.toString().endsWith("ScenariosIT.java"))
                    .toList();
            assertThat(scenarios)
                    .anySatisfy(file -> assertThat(file).content().contains("Fault." + fault + ".isSeenAs("));
        }
    }
}
