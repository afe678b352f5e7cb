package pipeline.endtoend.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import pipeline.endtoend.system.Repository;

/** The table of README's section about the settings. */
public final class SettingsTable {
    private static final String HEADING = "## Settings";
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private SettingsTable() {}

    static List<String> lines() throws IOException {
        return Files.readAllLines(Repository.ROOT.resolve("README.md")).stream()
                .dropWhile(line -> !line.equals(HEADING))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("|"))
                .toList();
    }

    /** Returns the rows below the head of the table, as plain text. */
    public static List<String> rowsWithoutMarkdown() throws IOException {
        return lines().stream()
                .skip(2)
                .map(line -> LINK.matcher(line).replaceAll("$1").replace("`", ""))
                .toList();
    }
}
