package pipeline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.system.Repository;

/** The tables of {@code docs/faults.md} have one row for each fault, and each fault has a test that compares its row. */
class FaultsPageTest {
    private static final Path TESTS = Repository.ROOT.resolve("end-to-end/src/test/java/pipeline/endtoend");

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
    void isComparedByItsTest(Fault fault) throws IOException {
        PathMatcher test = TESTS.getFileSystem().getPathMatcher("glob:**/" + fault.test() + ".java");
        try (Stream<Path> files = Files.walk(TESTS)) {
            assertThat(files.filter(test::matches))
                    .anySatisfy(file -> assertThat(file).content().contains("Fault." + fault + ".isSeenAs("));
        }
    }
}
