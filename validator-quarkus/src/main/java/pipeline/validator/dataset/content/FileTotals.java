package pipeline.validator.dataset.content;

import java.util.List;
import java.util.Optional;

/**
 * @param offsets whether its rows have Kafka offsets
 * @param schemaProblems how its columns differ from those that the job writes, for people
 * @param events only of a file whose events have a schema
 */
public record FileTotals(
        Tallies tallies, long bytes, boolean offsets, List<String> schemaProblems, Optional<EventTotals> events) {
    public FileTotals(Tallies tallies, long bytes, boolean offsets, List<String> schemaProblems) {
        this(tallies, bytes, offsets, schemaProblems, Optional.empty());
    }

    public long rows() {
        return tallies.rows();
    }
}
