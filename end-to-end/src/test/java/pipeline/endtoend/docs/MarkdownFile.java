package pipeline.endtoend.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The links of a Markdown file, and the anchors that links can point to. Code is neither. */
record MarkdownFile(Path path, String text) {
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|^ {4}.*?$");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ABSOLUTE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");

    static MarkdownFile read(Path path) {
        try {
            return new MarkdownFile(path, CODE.matcher(Files.readString(path)).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Links within the repository, images included, that lead to no file or to no anchor of a file. */
    List<String> brokenLinks() {
        return groups(LINK, INLINE_CODE.matcher(text).replaceAll(""))
                .filter(link -> !ABSOLUTE.matcher(link).matches() && !resolves(link))
                .toList();
    }

    private boolean resolves(String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? path : path.resolveSibling(parts[0]);
        return Files.exists(target)
                && (parts.length == 1 || read(target).anchors().contains(parts[1]));
    }

    Set<String> anchors() {
        return Stream.concat(groups(HEADING, text).map(MarkdownFile::slug), groups(ID, text))
                .collect(Collectors.toSet());
    }

    /** The anchor that GitHub gives a heading. */
    private static String slug(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }
}
