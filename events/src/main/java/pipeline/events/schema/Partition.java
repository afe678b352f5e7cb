package pipeline.events.schema;

import java.io.Serializable;

/** One level of folders, for example {@code country=DE} or {@code created_at_day=2026-11-22}. */
public record Partition(Kind kind, String column) implements Serializable {

    /** What the name of a folder says of a column. */
    public enum Kind {
        /** The value itself, which is then not in the files. */
        VALUE(""),
        /** The value, for columns of which nobody knows the number of values. */
        KEY("_key"),
        DAY("_day"),
        HOUR("_hour");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Returns what is before the equals sign in the name of a folder. */
    public String folder() {
        return column + kind.suffix;
    }
}
