package pipeline.events.schema.file;

import java.util.Locale;
import java.util.regex.Pattern;
import pipeline.events.output.OutputTree;

/** Which names of fields can be those of columns. The columns of an object also have to differ in their {@link #key}. */
public final class ColumnNames {
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String OUR_COLUMNS = "kafka_";

    private ColumnNames() {}

    /** @param isTopLevel whether it is a field of the event itself, whose columns are beside those of the pipeline */
    public static boolean canBe(String name, boolean isTopLevel) {
        return FORM.matcher(name).matches() && !(isTopLevel && isOurs(key(name)));
    }

    private static boolean isOurs(String key) {
        return key.startsWith(OUR_COLUMNS) || key.equals(OutputTree.RESCUED);
    }

    /** Returns the name without regard to case, as some readers of columns see it. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns what messages show. */
    static String form() {
        return FORM.pattern();
    }
}
