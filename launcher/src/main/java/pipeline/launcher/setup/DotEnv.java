package pipeline.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A {@code .env} file, read by the rules of Compose: {@code NAME=value} lines, {@code export} in front allowed, comments
 * on lines of their own or behind a blank, values plain, in single quotes (literally) or in double quotes (with escapes),
 * quoted ones over several lines too, and {@code ${NAME}}, {@code ${NAME:-default}} and the like outside single quotes.
 *
 * @see <a href="https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/">the rules</a>
 */
public final class DotEnv {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final String text;
    private final Map<String, String> environment;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int position;

    private DotEnv(String text, Map<String, String> environment) {
        this.text = text;
        this.environment = environment;
    }

    /**
     * Returns the variables that the file sets; none when there is no such file.
     *
     * @param environment what a name stands for that a value refers to, before those of the file itself
     * @throws UsageException when the file can't be read or has a line that is none of the above
     */
    public static Map<String, String> read(Path file, Map<String, String> environment) {
        try {
            return parse(Files.readString(file), environment);
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new UsageException(file + " can't be read as UTF-8 text: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ", " + e.getMessage());
        }
    }

    static Map<String, String> parse(String text, Map<String, String> environment) {
        return new DotEnv(text.replace("\r\n", "\n").replace("\uFEFF", ""), environment).parse();
    }

    private Map<String, String> parse() {
        skipSpace();
        while (position < text.length()) {
            if (text.charAt(position) == '#') {
                restOfLine();
            } else {
                entry();
            }
            skipSpace();
        }
        return values;
    }

    private void entry() {
        int start = position;
        if (text.startsWith("export", position) && position + 6 < text.length() && isBlank(text.charAt(position + 6))) {
            position += 6;
            skipBlanks();
        }
        String name = name();
        if (!NAME.matcher(name).matches()) {
            throw wrong(start, "no NAME=value");
        }
        skipBlanks();
        if (position == text.length() || "\n#".indexOf(text.charAt(position)) >= 0) {
            restOfLine();
            inherit(name);
        } else if ("=:".indexOf(text.charAt(position)) >= 0) {
            position++;
            skipBlanks();
            values.put(name, value());
        } else {
            throw wrong(start, "no NAME=value");
        }
    }

    private String name() {
        int start = position;
        while (position < text.length() && " \t\n=:#".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    /** A name alone takes its value from the environment. */
    private void inherit(String name) {
        if (environment.containsKey(name)) {
            values.put(name, environment.get(name));
        }
    }

    private String value() {
        char quote = position < text.length() ? text.charAt(position) : '\n';
        if (quote != '\'' && quote != '"') {
            return expand(plain());
        }
        String quoted = quoted(quote);
        return quote == '"' ? expand(unescaped(quoted)) : quoted.replace("\\'", "'");
    }

    private String plain() {
        String line = restOfLine();
        if (line.startsWith("#")) {
            return "";
        }
        int comment = line.indexOf(" #");
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    private String quoted(char quote) {
        int start = position;
        do {
            position += position > start && text.charAt(position) == '\\' ? 2 : 1;
            if (position >= text.length()) {
                throw wrong(start, "no closing " + quote);
            }
        } while (text.charAt(position) != quote);
        String quoted = text.substring(start + 1, position++);
        String rest = restOfLine().strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw wrong(position - 1, "text behind the closing " + quote);
        }
        return quoted;
    }

    /** An escaped dollar sign becomes two, which {@link #expand} takes for one. */
    private static String unescaped(String quoted) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c != '\\' || i + 1 == quoted.length()) {
                plain.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            plain.append(
                    switch (escaped) {
                        case 'n' -> "\n";
                        case 'r' -> "\r";
                        case 't' -> "\t";
                        case '$' -> "$$";
                        case '"', '\\' -> String.valueOf(escaped);
                        default -> "\\" + escaped;
                    });
        }
        return plain.toString();
    }

    private String expand(String value) {
        StringBuilder expanded = new StringBuilder();
        int i = 0;
        while (i < value.length()) {
            int end = i + 1;
            if (value.startsWith("$$", i)) {
                expanded.append('$');
                end = i + 2;
            } else if (value.startsWith("${", i)) {
                end = closingBrace(value, i);
                expanded.append(braced(value.substring(i + 2, end - 1)));
            } else if (value.charAt(i) == '$' && nameLength(value, i + 1) > 0) {
                end = i + 1 + nameLength(value, i + 1);
                expanded.append(lookup(value.substring(i + 1, end)));
            } else {
                expanded.append(value.charAt(i));
            }
            i = end;
        }
        return expanded.toString();
    }

    private int closingBrace(String value, int start) {
        int depth = 0;
        for (int i = start; i < value.length(); i++) {
            if (value.startsWith("${", i)) {
                depth++;
            } else if (value.charAt(i) == '}' && --depth == 0) {
                return i + 1;
            }
        }
        throw wrong(position - 1, "no closing } of ${");
    }

    private static int nameLength(String value, int start) {
        int i = start;
        while (i < value.length()
                && (value.charAt(i) == '_'
                        || (i == start ? isLetter(value.charAt(i)) : isLetterOrDigit(value.charAt(i))))) {
            i++;
        }
        return i - start;
    }

    /** What stands between the braces: a name, and maybe {@code :-default}, {@code :+replacement} or {@code :?error}. */
    private String braced(String inside) {
        int length = nameLength(inside, 0);
        String name = inside.substring(0, length);
        String rest = inside.substring(length);
        boolean emptyIsUnset = rest.startsWith(":");
        String operator = emptyIsUnset ? rest.substring(1) : rest;
        boolean isSet = emptyIsUnset ? !lookup(name).isEmpty() : isSet(name);
        if (length == 0 || (rest.length() > 0 && (operator.isEmpty() || "-+?".indexOf(operator.charAt(0)) < 0))) {
            throw wrong(position - 1, "${" + inside + "} is no variable");
        }
        if (rest.isEmpty()) {
            return lookup(name);
        }
        String argument = operator.substring(1);
        return switch (operator.charAt(0)) {
            case '-' -> isSet ? lookup(name) : expand(argument);
            case '+' -> isSet ? expand(argument) : "";
            default -> {
                if (!isSet) {
                    throw wrong(position - 1, name + " is not set: " + argument);
                }
                yield lookup(name);
            }
        };
    }

    private boolean isSet(String name) {
        return environment.containsKey(name) || values.containsKey(name);
    }

    private String lookup(String name) {
        return environment.getOrDefault(name, values.getOrDefault(name, ""));
    }

    private String restOfLine() {
        int end = text.indexOf('\n', position);
        String rest = text.substring(position, end < 0 ? text.length() : end);
        position = end < 0 ? text.length() : end + 1;
        return rest;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private void skipBlanks() {
        while (position < text.length() && isBlank(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isLetterOrDigit(char c) {
        return isLetter(c) || c >= '0' && c <= '9';
    }

    private IllegalArgumentException wrong(int at, String problem) {
        long line = text.substring(0, Math.min(at, text.length())).lines().count();
        boolean atStartOfLine = at == 0 || text.charAt(at - 1) == '\n';
        return new IllegalArgumentException("line " + (atStartOfLine ? line + 1 : Math.max(1, line)) + ": " + problem);
    }
}
