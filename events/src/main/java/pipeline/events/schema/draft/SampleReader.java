package pipeline.events.schema.draft;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import pipeline.events.schema.file.ColumnNames;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.schema.source.JsonText;

/** Reads events into a {@link FieldSample}, whose size is bounded whatever the events are. For one thread. */
final class SampleReader {
    /** How many names the fields of an object can have. */
    static final int MAX_NAMES = 1_000;

    /** How many places of all events are known. */
    static final int MAX_PLACES = 10_000;

    static final int MAX_NAME_LENGTH = 200;

    private static final long HASH_START = 0xcbf29ce484222325L;
    private static final long HASH_FACTOR = 0x100000001b3L;

    private final FieldSample event = new FieldSample();
    private long holders;
    private int places;
    private boolean hasNoRoom;
    private long leftOut;

    FieldSample event() {
        return event;
    }

    /** Returns how many fields of events are unknown because their names are too long or too many. */
    long leftOut() {
        return leftOut;
    }

    /** @param text at the beginning of an object that is valid JSON */
    void readEvent(JsonText text) throws IOException {
        read(text, event, 0);
    }

    private void read(JsonText text, FieldSample into, int depth) throws IOException {
        Kind kind = Kind.of(text);
        into.add(kind);
        if (kind == Kind.INTEGER) {
            into.addInteger(text.asLong());
        }
        if (depth == 1) {
            readValue(text, kind, into);
        }
        if (depth == SchemaFile.MAX_DEPTH) {
            text.skip();
        } else if (kind == Kind.OBJECT) {
            readFields(text, into, depth + 1);
        } else if (kind == Kind.ARRAY) {
            readItems(text, into, depth + 1);
        }
    }

    private static void readValue(JsonText text, Kind kind, FieldSample into) throws IOException {
        switch (kind) {
            case BOOLEAN -> into.addValue(text.token() == JsonToken.VALUE_TRUE ? 1 : 0);
            case INTEGER -> into.addValue(text.asLong());
            case STRING, DATE_TIME, DATE, UUID -> into.addValue(hash(text.text()));
            default -> {
                // Nobody counts the different values of the others.
            }
        }
    }

    /** Returns the text's hash of 64 bits (FNV-1a), which differs for all but a few of many texts. */
    private static long hash(String text) {
        long hash = HASH_START;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * HASH_FACTOR;
        }
        return hash;
    }

    private void readFields(JsonText text, FieldSample object, int depth) throws IOException {
        long holder = ++holders;
        while (text.next() == JsonToken.FIELD_NAME) {
            String name = text.name();
            text.next();
            FieldSample field = field(object, name);
            if (field == null) {
                text.skip();
                continue;
            }
            field.addHolder(holder);
            if (ColumnNames.canBe(name, depth == 1)) {
                read(text, field, depth);
            } else {
                field.add(Kind.of(text));
                text.skip();
            }
        }
    }

    /** Returns the field, or null if it is left out. */
    private FieldSample field(FieldSample object, String name) {
        FieldSample known = object.fields().get(name);
        if (known != null || object.hasTooManyFields()) {
            return known;
        }
        boolean isLarge = object.fields().size() == MAX_NAMES;
        if (isLarge && object != event) {
            places -= object.forgetFields();
            return null;
        }
        // A name that was left out once must stay out, since nobody knows its first values.
        hasNoRoom |= places >= MAX_PLACES;
        if (isLarge || hasNoRoom || name.length() > MAX_NAME_LENGTH) {
            leftOut++;
            return null;
        }
        places++;
        return object.addField(name);
    }

    private void readItems(JsonText text, FieldSample array, int depth) throws IOException {
        long holder = ++holders;
        while (text.next() != JsonToken.END_ARRAY) {
            FieldSample items = items(array);
            items.addHolder(holder);
            read(text, items, depth);
        }
    }

    /** Arrays always know their items, of which each field has few: no more than {@link SchemaFile#MAX_DEPTH} inside each other. */
    private FieldSample items(FieldSample array) {
        if (array.items() != null) {
            return array.items();
        }
        places++;
        return array.addItems();
    }
}
