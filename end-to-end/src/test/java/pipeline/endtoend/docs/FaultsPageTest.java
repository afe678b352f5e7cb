package pipeline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.system.Repository;

/** The tables of {@code docs/faults.md} have one row for each fault, and each fault has a test that compares its row. */
class FaultsPageTest {
    private static final Path TESTS = Repository.ROOT.resolve("end-to-end/src/test/java/pipeline/endtoend");

    private static final Pattern TEST_METHOD = Pattern.compile("`(?:(\\w+(?:Test|IT))\\.|…)(\\w+)`");

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

    /** As {@code ThingTest.isSo}; {@code …isSoToo} is one of the same class. */
    @Test
    void namesOnlyTestsThatExist() throws IOException {
        Map<String, String> classes = testClasses();
        Matcher names = TEST_METHOD.matcher(Files.readString(Repository.ROOT.resolve("docs/faults.md")));
        List<String> unknown = new ArrayList<>();
        String last = "";
        int found = 0;
        while (names.find()) {
            last = names.group(1) == null ? last : names.group(1);
            found++;
            if (!classes.getOrDefault(last, "").contains("void " + names.group(2) + "(")) {
                unknown.add(last + "." + names.group(2));
            }
        }
        assertThat(found).isGreaterThan(20);
        assertThat(unknown).isEmpty();
    }

    /** Returns the sources by the names of their classes. */
    private static Map<String, String> testClasses() throws IOException {
        Map<String, String> classes = new HashMap<>();
        try (Stream<Path> modules = Files.list(Repository.ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        classes.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                    }
                }
            }
        }
        return classes;
    }
}
