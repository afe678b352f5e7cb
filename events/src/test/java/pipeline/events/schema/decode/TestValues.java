package pipeline.events.schema.decode;

import java.util.Arrays;
import java.util.Collections;
import pipeline.events.schema.reader.Values;

/** Structs and lists as lists, which tests can compare. */
final class TestValues implements Values {

    @Override
    public Object struct(Object[] fields) {
        return Collections.unmodifiableList(Arrays.asList(fields));
    }

    @Override
    public Object list(Object[] items) {
        return Collections.unmodifiableList(Arrays.asList(items));
    }
}
