package pipeline.events.schema.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import pipeline.events.RejectedEventException;
import pipeline.events.schema.draft.SchemaDraft.Guess;
import pipeline.events.schema.draft.SchemaDraft.Row;
import pipeline.events.schema.source.JsonText;
import pipeline.events.schema.source.Place;
import pipeline.events.schema.source.Rescued;

/**
 * A sample of the events of a topic, for the draft of a schema file. However many and however large they are, it keeps at most about
 * {@value SampleReader#MAX_PLACES} names with counts, and no values but hashes of a few. For one thread.
 */
public final class EventSample {
    private final SampleReader reader = new SampleReader();
    private long records;
    private long rejected;

    /** @param json the Kafka value of a record, or null for a tombstone */
    public void add(byte[] json) {
        records++;
        try {
            // Only the end of a text shows whether it is JSON.
            if (isObject(json)) {
                read(json);
            } else {
                rejected++;
            }
        } catch (RejectedEventException | JsonProcessingException e) {
            // The draft says how many there are.
            rejected++;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static boolean isObject(byte[] json) throws IOException, RejectedEventException {
        try (JsonText text = text(json)) {
            if (text.next() != JsonToken.START_OBJECT) {
                return false;
            }
            text.skip();
            return text.next() == null;
        }
    }

    private void read(byte[] json) throws IOException, RejectedEventException {
        try (JsonText text = text(json)) {
            text.next();
            reader.readEvent(text);
        }
    }

    private static JsonText text(byte[] json) throws IOException, RejectedEventException {
        return new JsonText(json, new Place(), new Rescued());
    }

    /**
     * Returns the draft of a schema that fits the events so far: a decoder that is made from it accepts each JSON object among them,
     * except those that have the field of a column more than once, which no schema accepts.
     */
    public SchemaDraft draft() {
        List<FieldDraft> fields = FieldDrafts.of(reader.event());
        List<Guess> guesses = Guesses.of(fields);
        List<Row> rows = fields.stream().flatMap(field -> field.rows("")).toList();
        return new SchemaDraft(SchemaText.of(fields, guesses), rows, guesses, records, rejected, reader.leftOut());
    }
}
