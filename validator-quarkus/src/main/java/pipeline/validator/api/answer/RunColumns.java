package pipeline.validator.api.answer;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.content.ColumnSum;
import pipeline.validator.dataset.ledger.RunSchemas;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * The columns of a run whose events have schemas.
 *
 * @param columns those without columns in them, in the order of the schemas, then those that the job adds
 * @param schemas the oldest first
 */
public record RunColumns(String run, List<Column> columns, List<SchemaOfBatches> schemas) {

    /**
     * @param path such as {@code customer.id} or {@code items[].price}
     * @param type as JSON Schema calls it, or {@code date-time} or {@code date}
     * @param nulls null if a footer does not say; within lists, an empty list counts, too
     * @param minimum null if a footer does not say, or if there are only nulls; so is the maximum
     */
    public record Column(
            String path,
            String type,
            long rows,
            @Schema(nullable = true) Long nulls,
            @Schema(oneOf = {Long.class, Double.class, Boolean.class, TextOrNull.class}) Object minimum,
            @Schema(oneOf = {Long.class, Double.class, Boolean.class, TextOrNull.class}) Object maximum) {
        static Column of(Map.Entry<String, ColumnSum> column) {
            ColumnSum sum = column.getValue();
            Optional<ColumnSum.Bounds> bounds = sum.bounds();
            return new Column(
                    column.getKey(),
                    sum.type(),
                    sum.rows(),
                    sum.nulls().isPresent() ? sum.nulls().getAsLong() : null,
                    json(sum, bounds.map(ColumnSum.Bounds::min).orElse(null)),
                    json(sum, bounds.map(ColumnSum.Bounds::max).orElse(null)));
        }

        /** Returns whether the job has added it to those of the event. */
        private boolean isOurs() {
            return path.startsWith("kafka_") || path.equals(OutputTree.RESCUED);
        }

        private static Object json(ColumnSum sum, Object bound) {
            if (bound == null) {
                return null;
            }
            return switch (sum.type()) {
                case "date-time" -> JsonValues.ts(OptionalLong.of((Long) bound));
                case "date" -> LocalDate.ofEpochDay((Long) bound).toString();
                case "number" -> JsonValues.number((Double) bound);
                default -> bound;
            };
        }
    }

    /**
     * Consecutive batches with the same schema.
     *
     * @param sha256 of the schema's text, under which the run keeps it
     * @param schema null if it cannot be read
     */
    public record SchemaOfBatches(
            String sha256,
            long firstBatch,
            long lastBatch,
            @JsonRawValue @Schema(type = SchemaType.OBJECT, nullable = true) String schema) {}

    /** Returns nothing for a run of built-in events. */
    public static Optional<RunColumns> of(RunSnapshot run) {
        return run.content().events().map(events -> of(run.name(), events));
    }

    private static RunColumns of(String run, RunSnapshot.Events events) {
        return new RunColumns(
                run,
                events.totals().columns().entrySet().stream()
                        .map(Column::of)
                        .sorted(Comparator.comparing(Column::isOurs))
                        .toList(),
                events.schemas().batches().stream()
                        .flatMap(part -> part.name().stream().map(name -> schema(events.schemas(), name, part)))
                        .toList());
    }

    private static SchemaOfBatches schema(RunSchemas schemas, String name, RunSchemas.Batches part) {
        return new SchemaOfBatches(
                name,
                part.first(),
                part.last(),
                schemas.named(name).map(EventSchema::text).orElse(null));
    }
}
