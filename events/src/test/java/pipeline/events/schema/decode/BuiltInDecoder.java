package pipeline.events.schema.decode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import pipeline.events.Event;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.file.SchemaFile;

/** The decoder that is made from the built-in schema. For one thread. */
public final class BuiltInDecoder {
    private static final EventDecoder DECODER = new EventDecoder(SchemaFile.builtIn(), new TestValues());

    private BuiltInDecoder() {}

    public static Event decode(byte[] json) throws RejectedEventException {
        Object[] row = DECODER.decode(json);
        Instant ts = Instant.EPOCH.plus((long) row[1], ChronoUnit.MICROS);
        return new Event((int) row[0], ts, (double) row[2], (String) row[3]);
    }
}
