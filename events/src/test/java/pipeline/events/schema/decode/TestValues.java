package pipeline.events.schema.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import pipeline.events.schema.reader.Values;

/** Values that tests can compare. */
public final class TestValues implements Values {

    @Override
    public Object string(String text) {
        return text;
    }

    @Override
    public Object string(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.US_ASCII);
    }

    @Override
    public Object struct(Object[] fields) {
        return Collections.unmodifiableList(Arrays.asList(fields));
    }

    @Override
    public Object list(Object[] items) {
        return Collections.unmodifiableList(Arrays.asList(items));
    }
}
