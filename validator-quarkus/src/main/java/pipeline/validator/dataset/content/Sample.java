package pipeline.validator.dataset.content;

import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Counts things, and keeps the first few of them to name them.
 *
 * @param first at most {@value #NAMED}
 */
public record Sample(long count, List<String> first) {
    public static final int NAMED = 10;
    public static final Sample NONE = new Sample(0, List.of());

    public static Sample of(Collection<?> all) {
        return new Sample(
                all.size(), all.stream().limit(NAMED).map(Object::toString).toList());
    }

    public Sample plus(Sample other) {
        if (other.isEmpty()) {
            return this;
        }
        List<String> both = first.size() >= NAMED
                ? first
                : Stream.concat(first.stream(), other.first.stream())
                        .limit(NAMED)
                        .toList();
        return new Sample(count + other.count, both);
    }

    public Sample plus(String name) {
        return plus(new Sample(1, List.of(name)));
    }

    /** Adds the whole numbers of a range, named with a prefix and a suffix. */
    public Sample plus(String prefix, long from, long until, String suffix) {
        return plus(new Sample(
                until - from,
                LongStream.range(from, Math.min(until, from + NAMED))
                        .mapToObj(number -> prefix + number + suffix)
                        .toList()));
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Returns for example {@code Missing (2): a, b.}, or an empty text if there is nothing. */
    public String sentence(String label) {
        return isEmpty() ? "" : label + " (" + count + "): " + this + ".";
    }

    /** Returns the first ones, and an ellipsis if there are more. */
    @Override
    public String toString() {
        return String.join(", ", first) + (count > first.size() ? ", …" : "");
    }
}
