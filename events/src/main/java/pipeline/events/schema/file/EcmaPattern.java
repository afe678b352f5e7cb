package pipeline.events.schema.file;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Translates patterns of JSON Schema, which are regular expressions of ECMA-262 for Unicode, into those of RE2J, which match
 * in a time that grows only with the length of the text. What RE2J does not have is refused.
 */
final class EcmaPattern {
    private static final String SUPPORTED = "supported are regular expressions of ECMA-262 without lookaround and back"
            + " references, and with repeats of at most 1,000";

    private static final int MAX_REPEATS = 1_000;

    private static final String LINE_END = "\\n\\r\\x{2028}\\x{2029}";
    private static final String SPACE =
            "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
    private static final String NO_SPACE =
            "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}"
                    + "\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}"
                    + "\\x{ff00}-\\x{10ffff}";
    private static final String ANYTHING = "\\x{0}-\\x{10ffff}";

    /** Letters after a backslash that mean the same in RE2J. */
    private static final String SAME = "dDwWfnrtv";

    private static final Map<String, String> CATEGORIES = Map.of(
            "Letter",
            "L",
            "Mark",
            "M",
            "Number",
            "N",
            "Punctuation",
            "P",
            "Symbol",
            "S",
            "Separator",
            "Z",
            "Other",
            "C");

    private final SchemaNode node;
    private final String ecma;
    private final StringBuilder re2 = new StringBuilder();

    /** How often the last item may be repeated, and, for each open group, the items in it: RE2J writes repeats out. */
    private int repeats = 1;

    private final Deque<Integer> repeatsInGroups = new ArrayDeque<>();
    private int at;

    private EcmaPattern(SchemaNode node) {
        this.node = node;
        this.ecma = node.text();
    }

    /** @throws InvalidSchemaException if the pattern is wrong or not supported */
    static Pattern compile(SchemaNode node) {
        String re2 = new EcmaPattern(node).translate();
        try {
            return Pattern.compile(re2);
        } catch (PatternSyntaxException e) {
            throw node.wrong("not supported: " + e.getDescription() + "; " + SUPPORTED);
        }
    }

    private String translate() {
        while (at < ecma.length()) {
            int c = next();
            countRepeats(c);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> group();
                case '.' -> re2.append("[^" + LINE_END + "]");
                case '{' -> brace();
                // Alone they are themselves; RE2J would take a bracket after another one for something else.
                case ']', '}' -> literal(c);
                default -> re2.appendCodePoint(c);
            }
        }
        return re2.toString();
    }

    private int next() {
        if (at == ecma.length()) {
            throw unsupported("the pattern ends too early");
        }
        int c = ecma.codePointAt(at);
        at += Character.charCount(c);
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw unsupported("a surrogate without its pair");
        }
        return c;
    }

    private void countRepeats(int c) {
        if (c == '(') {
            repeatsInGroups.push(1);
            repeats = 1;
        } else if (c == ')' && !repeatsInGroups.isEmpty()) {
            repeats = repeatsInGroups.pop();
        } else if (c != '{') {
            repeats = 1;
        }
        noteRepeats();
    }

    private void noteRepeats() {
        if (!repeatsInGroups.isEmpty()) {
            repeatsInGroups.push(Math.max(repeatsInGroups.pop(), repeats));
        }
    }

    private boolean isNext(String text) {
        return ecma.startsWith(text, at);
    }

    private void group() {
        if (!isNext("?")) {
            re2.append('(');
        } else if (isNext("?:")) {
            at += 2;
            re2.append("(?:");
        } else if (isNext("?<") && !isNext("?<=") && !isNext("?<!")) {
            // Nobody asks for what a group matched, so it needs no name.
            at = ecma.indexOf('>', at) + 1;
            if (at == 0) {
                throw unsupported("a group without the end of its name");
            }
            re2.append("(?:");
        } else {
            throw unsupported(ecma.substring(at - 1, Math.min(ecma.length(), at + 2)));
        }
    }

    /** A brace that begins no repeat is itself in ECMA-262 without Unicode, and an error with it. */
    private void brace() {
        int end = ecma.indexOf('}', at);
        if (end < 0 || !ecma.substring(at, end).matches("\\d{1,4}(,\\d{0,4})?")) {
            throw unsupported("{ that begins no repeat");
        }
        int times = 1;
        for (String bound : ecma.substring(at, end).split(",", -1)) {
            times = Math.max(times, bound.isEmpty() ? 1 : Integer.parseInt(bound));
        }
        repeats *= times;
        if (repeats > MAX_REPEATS) {
            throw unsupported("repeats of more than 1,000 times");
        }
        noteRepeats();
        re2.append('{').append(ecma, at, end + 1);
        at = end + 1;
    }

    private void characterClass() {
        boolean isNegated = isNext("^");
        at += isNegated ? 1 : 0;
        if (isNext("]")) {
            at++;
            re2.append(isNegated ? "[" : "[^").append(ANYTHING).append(']');
            return;
        }
        re2.append(isNegated ? "[^" : "[");
        for (int c = next(); c != ']'; c = next()) {
            switch (c) {
                case '\\' -> escape(true);
                case '[', '^', '&', '~' -> literal(c);
                default -> re2.appendCodePoint(c);
            }
        }
        re2.append(']');
    }

    private void escape(boolean isInClass) {
        int c = next();
        switch (c) {
            case 's' -> re2.append(isInClass ? SPACE : "[" + SPACE + "]");
            case 'S' -> re2.append(isInClass ? NO_SPACE : "[" + NO_SPACE + "]");
            case 'b', 'B' -> boundary(c, isInClass);
            case 'u' -> literal(unicode());
            case 'x' -> literal(hex(2));
            case 'c' -> literal(control());
            case '0' -> literal(zero());
            case 'p', 'P' -> property(c);
            default -> {
                if (SAME.indexOf(c) >= 0) {
                    re2.append('\\').appendCodePoint(c);
                } else if (c < 128 && !Character.isLetterOrDigit(c)) {
                    literal(c);
                } else {
                    throw unsupported("\\" + Character.toString(c));
                }
            }
        }
    }

    private void boundary(int c, boolean isInClass) {
        if (!isInClass) {
            re2.append('\\').appendCodePoint(c);
        } else if (c == 'b') {
            literal('\b');
        } else {
            throw unsupported("\\B in brackets");
        }
    }

    private int zero() {
        if (at < ecma.length() && Character.isDigit(ecma.charAt(at))) {
            throw unsupported("\\0 before a digit");
        }
        return 0;
    }

    private int control() {
        int c = next();
        if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
            throw unsupported("\\c without a letter");
        }
        return c % 32;
    }

    private int unicode() {
        if (isNext("{")) {
            int end = ecma.indexOf('}', at);
            String digits = end < 0 ? "" : ecma.substring(at + 1, end);
            if (!digits.matches("0*[0-9A-Fa-f]{1,6}") || Integer.parseInt(digits, 16) > Character.MAX_CODE_POINT) {
                throw unsupported("\\u{ without a code point");
            }
            at = end + 1;
            return whole(Integer.parseInt(digits, 16));
        }
        int first = hex(4);
        if (Character.isBmpCodePoint(first) && Character.isHighSurrogate((char) first) && isNext("\\u")) {
            at += 2;
            int second = hex(4);
            if (Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) first, (char) second);
            }
        }
        return whole(first);
    }

    private int whole(int c) {
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw unsupported("a surrogate without its pair");
        }
        return c;
    }

    private int hex(int digits) {
        int end = at + digits;
        if (end > ecma.length() || !ecma.substring(at, end).matches("[0-9A-Fa-f]+")) {
            throw unsupported("an escape without " + digits + " hexadecimal digits");
        }
        int c = Integer.parseInt(ecma.substring(at, end), 16);
        at = end;
        return c;
    }

    /** RE2J knows scripts by their names, and general categories by their short names. */
    private void property(int letter) {
        int end = ecma.indexOf('}', at);
        if (!isNext("{") || end < 0) {
            throw unsupported("\\" + (char) letter + " without a property in braces");
        }
        String name = ecma.substring(at + 1, end);
        at = end + 1;
        int equals = name.indexOf('=');
        String key = equals < 0 ? "gc" : name.substring(0, equals);
        String value = name.substring(equals + 1);
        boolean isScript = key.equals("Script") || key.equals("sc");
        String category = CATEGORIES.getOrDefault(value, value);
        boolean isCategory = (key.equals("General_Category") || key.equals("gc")) && category.matches("[A-Z][a-z]?");
        if (!isScript && !isCategory) {
            throw unsupported("the property " + name);
        }
        re2.append('\\')
                .append((char) letter)
                .append('{')
                .append(isScript ? value : category)
                .append('}');
    }

    private void literal(int c) {
        re2.append(String.format("\\x{%x}", c));
    }

    private InvalidSchemaException unsupported(String what) {
        return node.wrong("not supported: " + what + "; " + SUPPORTED);
    }
}
