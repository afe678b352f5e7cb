package pipeline.validator.api.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.Row;

/** One row with its Kafka offset. A field is null if the row does not have it, or if JSON cannot express it, as for NaN. */
@RegisterForReflection
public record NewRow(
        @Schema(nullable = true) Integer id,
        @Schema(nullable = true) String ts,
        @Schema(nullable = true) Double value,
        @Schema(nullable = true) String source,
        @JsonProperty(OutputTree.KAFKA_PARTITION) @Schema(nullable = true) Integer partition,
        @JsonProperty(OutputTree.KAFKA_OFFSET) @Schema(nullable = true) Long offset)
        implements ShownRow {
    public static ShownRow of(Row row) {
        if (row.columns() != null) {
            return new EventRow(row.columns());
        }
        return new NewRow(
                row.id(),
                JsonValues.ts(row.ts()),
                JsonValues.number(row.value()),
                row.source(),
                row.partition(),
                row.offset());
    }
}
