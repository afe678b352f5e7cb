package pipeline.launcher.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counts reported by {@code Components.countRows}.
 *
 * @param rows number of rows in the files that can be read
 * @param distinct number of distinct events in these rows
 * @param torn number of files that cannot be read
 */
record TreeCount(long files, long rows, long distinct, long torn) {
    private static final Pattern LINE =
            Pattern.compile("Counted\\. files=(\\d+), rows=(\\d+), distinct=(\\d+), torn=(\\d+)");

    static Optional<TreeCount> parse(String line) {
        Matcher counts = LINE.matcher(line);
        return counts.find()
                ? Optional.of(new TreeCount(count(counts, 1), count(counts, 2), count(counts, 3), count(counts, 4)))
                : Optional.empty();
    }

    private static long count(Matcher counts, int group) {
        return Long.parseLong(counts.group(group));
    }
}
