package pipeline.events.schema.draft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collections;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.draft.SchemaDraft.Row;
import pipeline.events.schema.file.SchemaFile;

/** Drafts for tests. */
final class Drafts {
    private Drafts() {}

    static SchemaDraft of(Iterable<byte[]> values) {
        EventSample sample = new EventSample();
        values.forEach(sample::add);
        return sample.draft();
    }

    static SchemaDraft of(String... values) {
        return of(Arrays.stream(values).map(value -> value.getBytes(UTF_8)).toList());
    }

    /** @param count how many records have the same value */
    static void add(EventSample sample, int count, String value) {
        Collections.nCopies(count, value.getBytes(UTF_8)).forEach(sample::add);
    }

    static EventSchema schema(SchemaDraft draft) {
        return SchemaFile.parse("draft", draft.text().getBytes(UTF_8));
    }

    static Row row(SchemaDraft draft, String field) {
        return draft.rows().stream()
                .filter(row -> row.field().equals(field))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + field + " in\n" + draft.table()));
    }
}
