package pipeline.events.schema.draft;

import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a field, or of the items of an array.
 *
 * @param type of its column, null if it is left to the column {@code rescued}
 * @param isNullable whether events may lack it, or have null there
 * @param why one line
 */
record Choice(Kind type, boolean isNullable, String why) {

    static Choice rescued(String why) {
        return new Choice(null, false, why);
    }

    /**
     * Returns a column for the values of a field, which have a type in common.
     *
     * @param objects how many could have the field
     */
    static Choice ofField(FieldSample field, long objects) {
        boolean isMissing = field.holders() < objects;
        boolean isNull = field.count(Kind.NULL) > 0;
        List<String> reasons = new ArrayList<>();
        if (isMissing && isNull) {
            reasons.add("missing or null in some");
        } else if (isMissing) {
            reasons.add("missing in some");
        } else {
            reasons.add(isNull ? "null in some" : "in each, never null");
        }
        if (field.repeated() > 0) {
            reasons.add("in some more than once, which are rejected");
        }
        return column(field, isMissing || isNull, reasons);
    }

    /** As {@link #ofField}, for the items of arrays. */
    static Choice ofItems(FieldSample items) {
        boolean isNull = items.count(Kind.NULL) > 0;
        return column(items, isNull, new ArrayList<>(List.of(isNull ? "null in some" : "never null")));
    }

    private static Choice column(FieldSample sample, boolean isNullable, List<String> reasons) {
        Kind type = Kind.common(sample.kinds());
        if (type == Kind.NUMBER && sample.count(Kind.INTEGER) > 0) {
            reasons.add("not all are integers");
        } else if (type == Kind.STRING && sample.kinds().size() > 1) {
            reasons.add("no format fits all");
        } else if (type == Kind.INTEGER && sample.epochUnit() != null) {
            reasons.add("could be times in " + sample.epochUnit() + " since 1970");
        }
        return new Choice(type, isNullable, String.join("; ", reasons));
    }

    boolean isColumn() {
        return type != null;
    }
}
