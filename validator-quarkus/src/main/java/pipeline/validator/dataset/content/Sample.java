package pipeline.validator.dataset.content;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts things, and keeps the first few of them to name them.
 *
 * @param first at most {@value #NAMED}
 */
public record Sample(long count, List<String> first) {
    public static final int NAMED = 10;
    public static final Sample NONE = new Sample(0, List.of());

    public Sample {
        first = List.copyOf(first);
    }

    public static Sample of(List<String> all) {
        return new Sample(all.size(), all.subList(0, Math.min(NAMED, all.size())));
    }

    public Sample plus(Sample other) {
        List<String> both = new ArrayList<>(first);
        both.addAll(other.first);
        return new Sample(count + other.count, both.subList(0, Math.min(NAMED, both.size())));
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

    /** Collects a sample. For one thread at a time. */
    public static final class Builder {
        private final List<String> first = new ArrayList<>();
        private long count;

        public void add(String name) {
            if (count++ < NAMED) {
                first.add(name);
            }
        }

        public Sample build() {
            return new Sample(count, first);
        }
    }
}
