package pipeline.validator.dataset.parquet.event;

import java.util.Objects;
import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.ValueType.NumberType;
import pipeline.validator.dataset.content.ValueBounds;

/** What the validator looks for in a schema. */
final class EventFields {
    private EventFields() {}

    static Field field(EventSchema schema, String column) {
        return schema.columns().stream()
                .filter(field -> field.name().equals(column))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the field whose values are the groups; nothing if there is one group. */
    static Optional<Field> group(EventSchema schema) {
        return Optional.ofNullable(schema.roles().group()).map(column -> field(schema, column));
    }

    /** Returns the column that has the time of an event. */
    static String time(EventSchema schema) {
        return Objects.requireNonNullElse(schema.roles().time(), OutputTree.KAFKA_TIMESTAMP);
    }

    static ValueBounds valueBounds(EventSchema schema) {
        if (schema.roles().value() == null) {
            return ValueBounds.FINITE;
        }
        ValueType type = field(schema, schema.roles().value()).shape().type();
        return ValueBounds.of(type instanceof IntegerType integer ? integer.rules() : ((NumberType) type).rules());
    }
}
