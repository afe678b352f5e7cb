package pipeline.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a {@code .env} file: {@code NAME=value} lines, comments and blank lines. A value is plain text, or text in single or
 * double quotes.
 *
 * <p>Docker Compose reads the same file and allows much more, by rules that are hard to imitate exactly. Therefore the
 * grammar is small: what it accepts means the same to Compose, and everything else stops the start instead of giving the
 * two ways to run the pipeline different settings.
 */
public final class DotEnv {
    private static final String ALLOWED =
            "a line is NAME=value, a # comment or blank; a value is plain text without $, or text"
                    + " in single or double quotes, without \\ and, in double quotes, without $";

    private static final Pattern BLANK_OR_COMMENT = Pattern.compile("\\s*(?:#.*)?");
    private static final Pattern ENTRY = Pattern.compile("\\s*(?<name>[A-Za-z_][A-Za-z0-9_]*) *= *(?:"
            + "'(?<single>[^'\\\\]*)' *(?:#.*)?"
            + "|\"(?<double>[^\"\\\\$]*)\" *(?:#.*)?"
            + "|(?<plain>[^'\"$#\\s][^$\\t]*?)(?: +#.*| *)"
            + "|(?:#.*)?)");

    private DotEnv() {}

    /**
     * Returns the variables that the file sets; none if there is no such file.
     *
     * @throws UsageException if the file cannot be read or contains anything else
     */
    public static Map<String, String> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read as UTF-8 text: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ", " + e.getMessage());
        }
    }

    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> lines = text.replace("\uFEFF", "").lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher entry = ENTRY.matcher(lines.get(i));
            if (entry.matches()) {
                Stream<String> groups = Stream.of("single", "double", "plain").map(entry::group);
                values.put(
                        entry.group("name"),
                        groups.filter(Objects::nonNull).findFirst().orElse(""));
            } else if (!BLANK_OR_COMMENT.matcher(lines.get(i)).matches()) {
                throw new IllegalArgumentException("line " + (i + 1) + " is not allowed: " + ALLOWED);
            }
        }
        return values;
    }
}
