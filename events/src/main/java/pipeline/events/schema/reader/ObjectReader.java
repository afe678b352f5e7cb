package pipeline.events.schema.reader;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.Field;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.source.ByteScanner;
import pipeline.events.schema.source.JsonText;

/** Reads the fields of objects, in whichever order they are. Thread-safe. */
public final class ObjectReader {
    /** In the place of a field that was not read. */
    private static final Object UNREAD = new Object();

    private static final int UNKNOWN = -1;
    private static final int NOT_PLAIN = -2;

    private final List<Field> fields;
    private final ShapeReader[] readers;
    private final byte[][] names;
    private final byte[][] quotedNames;
    private final Map<String, Integer> places = new HashMap<>();
    private final boolean[] required;
    private final Object[] unread;
    private final int columns;
    private final boolean takesOthers;
    private final boolean rescues;

    public ObjectReader(ObjectType type, Unknown unknown, Values values) {
        // The columns come first, so that their values are an array's beginning.
        this.fields = type.fields().stream()
                .sorted(Comparator.comparing(field -> !field.isColumn()))
                .toList();
        this.columns = type.columns().size();
        this.takesOthers = type.takesOthers();
        this.rescues = unknown == Unknown.RESCUE;
        int count = fields.size();
        this.readers = new ShapeReader[count];
        this.names = new byte[count][];
        this.quotedNames = new byte[count][];
        this.required = new boolean[count];
        this.unread = new Object[count];
        Arrays.fill(unread, UNREAD);
        for (int i = 0; i < count; i++) {
            Field field = fields.get(i);
            // What is kept as a whole is not kept in parts, too.
            readers[i] = new ShapeReader(field.shape(), field.isColumn() ? unknown : Unknown.DROP, values);
            names[i] = field.name().getBytes(StandardCharsets.UTF_8);
            quotedNames[i] = ('"' + field.name() + '"').getBytes(StandardCharsets.UTF_8);
            required[i] = field.required();
            places.put(field.name(), i);
        }
    }

    /** Returns the values of the fields of the object whose first token is the current one, for {@link #complete}. */
    public Object[] read(JsonText text) throws IOException, RejectedEventException {
        Object[] values = unread.clone();
        int expected = 0;
        while (text.next() == JsonToken.FIELD_NAME) {
            String name = text.name();
            int field = place(name, expected);
            text.next();
            if (field == UNKNOWN) {
                readUnknown(text, name);
            } else {
                int start = text.start();
                text.place().enter(name);
                if (values[field] != UNREAD) {
                    throw new RejectedEventException("more than once");
                }
                values[field] = readers[field].read(text);
                text.place().leave();
                if (field >= columns && rescues) {
                    text.rescueFrom(start, name);
                }
                expected = field + 1;
            }
        }
        return values;
    }

    private int place(String name, int expected) {
        if (expected < fields.size() && fields.get(expected).name().equals(name)) {
            return expected;
        }
        return places.getOrDefault(name, UNKNOWN);
    }

    private void readUnknown(JsonText text, String name) throws IOException, RejectedEventException {
        if (!takesOthers) {
            throw new RejectedEventException("a field that the schema does not know");
        }
        if (rescues) {
            text.rescue(name);
        } else {
            text.skip();
        }
    }

    /** Returns the values of the columns among those that {@link #read} returned; null for those of missing fields. */
    public Object[] complete(JsonText text, Object[] values) throws RejectedEventException {
        int missing = setMissing(values);
        if (missing >= 0) {
            text.place().enter(fields.get(missing).name());
            throw new RejectedEventException("missing");
        }
        return columns(values);
    }

    /** Returns the first required field that is missing, or a negative number; other missing fields become null. */
    private int setMissing(Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == UNREAD) {
                if (required[i]) {
                    return i;
                }
                values[i] = null;
            }
        }
        return -1;
    }

    private Object[] columns(Object[] values) {
        return values.length == columns ? values : Arrays.copyOf(values, columns);
    }

    /** Returns the values of the columns of the object that comes next, or null if it is not plain. */
    public Object[] scan(ByteScanner bytes) {
        if (!bytes.take('{')) {
            return null;
        }
        Object[] values = unread.clone();
        int expected = 0;
        if (!bytes.take('}')) {
            do {
                int field = takeName(bytes, expected);
                boolean isRead = field == UNKNOWN ? scanUnknown(bytes) : field >= 0 && scan(bytes, field, values);
                if (!isRead) {
                    return null;
                }
                expected = field == UNKNOWN ? expected : field + 1;
            } while (bytes.take(','));
            if (!bytes.take('}')) {
                return null;
            }
        }
        return isComplete(values) ? columns(values) : null;
    }

    private int takeName(ByteScanner bytes, int expected) {
        if (expected < quotedNames.length && bytes.take(quotedNames[expected])) {
            return expected;
        }
        if (!bytes.takeString()) {
            return NOT_PLAIN;
        }
        for (int i = 0; i < names.length; i++) {
            if (bytes.isText(names[i])) {
                return i;
            }
        }
        return UNKNOWN;
    }

    private boolean scanUnknown(ByteScanner bytes) {
        if (!takesOthers) {
            return false;
        }
        if (!rescues) {
            return bytes.take(':') && bytes.skip();
        }
        String name = bytes.text();
        return bytes.take(':') && bytes.rescue(name);
    }

    private boolean scan(ByteScanner bytes, int field, Object[] values) {
        if (values[field] != UNREAD || !bytes.take(':')) {
            return false;
        }
        int start = bytes.nextStart();
        // Only arrays and objects have places inside them.
        if (readers[field].hasPlaces()) {
            bytes.place().enter(fields.get(field).name());
            values[field] = readers[field].scan(bytes);
            bytes.place().leave();
        } else {
            values[field] = readers[field].scan(bytes);
        }
        if (field >= columns && rescues && values[field] != ByteScanner.NOT_PLAIN) {
            bytes.rescueFrom(start, fields.get(field).name());
        }
        return values[field] != ByteScanner.NOT_PLAIN;
    }

    private boolean isComplete(Object[] values) {
        return setMissing(values) < 0;
    }
}
