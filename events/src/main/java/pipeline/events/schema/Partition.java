package pipeline.events.schema;

import java.io.Serializable;

/** One level of folders, for example {@code country=DE} or {@code created_at_day=2026-11-22}. */
public record Partition(Kind kind, String column) implements Serializable {
    /** How many folders a batch has, at most, whose names depend on values that nobody has limited. */
    public static final int MOST_FOLDERS = 1_000;

    /** In the name of the folder for all further values, which are in its files. */
    public static final String OTHER = "__other__";

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

    /** Returns whether the column is in the name of the folder, and not in its files. */
    public boolean isOnlyInName() {
        return kind == Kind.VALUE;
    }

    /** Returns what is before the equals sign in the name of a folder. */
    public String folder() {
        return column + kind.suffix;
    }
}
