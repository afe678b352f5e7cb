package pipeline.events.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** The lines of a properties file, with their numbers, which {@link Properties} does not report. */
final class PropertiesText {
    private static final Pattern END_OF_LINE = Pattern.compile("\\r\\n|\\r|\\n");
    private static final Pattern BLANK_OR_COMMENT = Pattern.compile("[ \\t\\f]*(\\\\|[#!].*)?", Pattern.DOTALL);
    /** Ends with an odd number of backslashes. */
    private static final Pattern CONTINUED = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\$");

    private PropertiesText() {}

    /** @param line its number in the file, from 1 */
    record Entry(String key, String value, int line) {
        @Override
        public String toString() {
            return "line " + line + ": " + key;
        }
    }

    /**
     * One setting, with the lines that continue it after a backslash.
     *
     * @param number of its first line in the file, from 1
     */
    record Line(int number, String text) {
        /** Returns the setting, or nothing when an escape in it is malformed. */
        Optional<Entry> entry() {
            Properties properties = new Properties();
            try {
                properties.load(new StringReader(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException("a string can always be read", e);
            }
            return properties.entrySet().stream()
                    .map(only -> new Entry((String) only.getKey(), (String) only.getValue(), number))
                    .findFirst();
        }

        boolean isAscii() {
            return text.chars().allMatch(c -> c < 128);
        }
    }

    /** Returns the lines that are settings, without blank ones and comments. */
    static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        StringBuilder setting = new StringBuilder();
        int first = 0;
        int number = 0;
        for (String line : END_OF_LINE.split(text, -1)) {
            number++;
            if (setting.isEmpty()) {
                if (BLANK_OR_COMMENT.matcher(line).matches()) {
                    continue;
                }
                first = number;
            }
            setting.append(line).append('\n');
            if (!CONTINUED.matcher(line).find()) {
                lines.add(new Line(first, setting.toString()));
                setting.setLength(0);
            }
        }
        if (!setting.isEmpty()) {
            lines.add(new Line(first, setting.toString()));
        }
        return lines;
    }
}
