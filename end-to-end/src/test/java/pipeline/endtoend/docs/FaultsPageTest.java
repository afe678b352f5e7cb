package pipeline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.system.Repository;

class FaultsPageTest {
    private static final Path SCENARIOS =
            Repository.ROOT.resolve("end-to-end/src/test/java/pipeline/endtoend/faults/scenarios");

    /** When a scenario runs, it requires its whole row. */
    @Test
    void hasOnlyFaultsOfScenarios() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/faults.md"));
        String table = page.substring(page.indexOf("## Scenarios"), page.indexOf("## Random faults"));
        List<String> faults = table.lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(row -> row.split(" \\| ")[0].substring(2))
                .toList();

        String sources = sources();

        assertThat(faults).hasSizeGreaterThan(20).doesNotHaveDuplicates().allSatisfy(fault -> assertThat(sources)
                .contains('"' + fault + '"'));
    }

    /** Returns them with each text in one piece. */
    private static String sources() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.map(FaultsPageTest::read).collect(Collectors.joining()).replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
