package pipeline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pipeline.endtoend.system.Repository;

/** Every relative link in the documentation leads to an existing file and anchor. */
class DocumentationLinksTest {
    private static final int MAX_README_LINES = 180;
    private static final Path PAGE =
            Repository.ROOT.resolve("validator-quarkus/src/main/resources/META-INF/resources/index.html");
    private static final Path OPERATIONS = Repository.ROOT.resolve("docs/operations.md");
    private static final Pattern NAMED_FILE = Pattern.compile("<code>([\\w/-]+\\.md)</code>");

    @ParameterizedTest
    @MethodSource("documents")
    void linksOnlyToExistingFilesAndAnchors(Path path) {
        assertThat(MarkdownFile.read(path).brokenLinks()).isEmpty();
    }

    static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(Repository.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isGenerated(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // Tests that run at the same time delete their files.
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** Git does not keep these folders: build output, what a run writes, virtual environments. */
    private static boolean isGenerated(Path folder) {
        String name = folder.getFileName().toString();
        return !folder.equals(Repository.ROOT)
                && (name.equals("target")
                        || name.startsWith(".")
                        || Path.of("data").equals(parentOf(folder)));
    }

    private static Path parentOf(Path folder) {
        return Repository.ROOT.relativize(folder).getParent();
    }

    @Test
    void findsTheDocuments() throws IOException {
        assertThat(documents())
                .contains(
                        Repository.ROOT.resolve("README.md"),
                        Repository.ROOT.resolve("data/README.md"),
                        Repository.ROOT.resolve("airflow/README.md"),
                        OPERATIONS)
                .hasSizeLessThan(50);
    }

    /** The table of settings does not count: nobody reads it from beginning to end. */
    @Test
    void readmeIsShort() throws IOException {
        int lines = Files.readAllLines(Repository.ROOT.resolve("README.md")).size();

        assertThat(lines - SettingsTable.lines().size()).isLessThan(MAX_README_LINES);
    }

    @Test
    void thePageNamesOnlyExistingDocuments() throws IOException {
        assertThat(namedFiles()).isNotEmpty().allMatch(name -> Files.exists(Repository.ROOT.resolve(name)));
    }

    private static List<String> namedFiles() throws IOException {
        return NAMED_FILE
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
