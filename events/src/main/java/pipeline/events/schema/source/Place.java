package pipeline.events.schema.source;

import java.util.Arrays;

/** Where in an event a decoder is: names of fields and places in arrays, outermost first. */
public final class Place {
    private Object[] steps = new Object[16];
    private int depth;

    /** @param step the name of a field, or the index of an item */
    public void enter(Object step) {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
        }
        steps[depth++] = step;
    }

    public void leave() {
        depth--;
    }

    void clear() {
        depth = 0;
    }

    /** Returns what a reason begins with: nothing for the event itself, the name of its field, or a JSON pointer. */
    String prefix() {
        if (depth == 0) {
            return "";
        }
        return (depth == 1 ? steps[0] : pointer()) + ": ";
    }

    /** Returns the JSON pointer, for example {@code /items/0/sku}. */
    String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            append(pointer, steps[i].toString());
        }
        return pointer.toString();
    }

    /** Returns the JSON pointer of a field of the object that this is the place of. */
    String pointer(String field) {
        StringBuilder pointer = new StringBuilder(pointer());
        append(pointer, field);
        return pointer.toString();
    }

    private static void append(StringBuilder pointer, String step) {
        pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
}
