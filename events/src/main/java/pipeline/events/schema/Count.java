package pipeline.events.schema;

import java.io.Serializable;

/** How many code points or items are allowed. */
public record Count(int min, int max) implements Serializable {
    public static final Count ANY = new Count(0, Integer.MAX_VALUE);

    public boolean contains(int count) {
        return count >= min && count <= max;
    }

    /** Returns why another number is not allowed, for example {@code not 1 to 100 code points}. */
    public String problem(String unit) {
        if (min > 0 && max < Integer.MAX_VALUE) {
            return "not " + min + " to " + max + " " + unit;
        }
        return (min > 0 ? "fewer than " + min : "more than " + max) + " " + unit;
    }
}
