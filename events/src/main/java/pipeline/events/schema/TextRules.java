package pipeline.events.schema;

import com.google.re2j.Pattern;
import java.io.Serializable;
import java.util.Set;

/**
 * The constraints of a string.
 *
 * @param length the number of its code points
 * @param pattern what has to occur in it, null for anything
 * @param allowed the strings that are allowed, null for all
 */
public record TextRules(Count length, Pattern pattern, boolean isUuid, Set<String> allowed) implements Serializable {
    public static final TextRules NONE = new TextRules(Count.ANY, null, false, null);

    private static final String UUID_FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    /** Returns why the text breaks a rule, or null if it keeps them all. */
    public String problem(String text) {
        if (!length.contains(text.codePointCount(0, text.length()))) {
            return length.problem("code points");
        }
        if (isUuid && !isUuid(text)) {
            return "not a UUID";
        }
        if (allowed != null && !allowed.contains(text)) {
            return "not one of the allowed values";
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            return "does not match the pattern";
        }
        return null;
    }

    private static boolean isUuid(String text) {
        boolean isUuid = text.length() == UUID_FORM.length();
        for (int i = 0; isUuid && i < text.length(); i++) {
            char c = text.charAt(i);
            isUuid = UUID_FORM.charAt(i) == '-' ? c == '-' : c < 128 && Character.digit(c, 16) >= 0;
        }
        return isUuid;
    }
}
