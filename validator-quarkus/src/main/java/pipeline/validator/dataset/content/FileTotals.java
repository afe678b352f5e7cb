package pipeline.validator.dataset.content;

import java.util.List;
import java.util.Optional;

/**
 * What one Parquet file holds.
 *
 * @param bytes its size
 * @param offsets whether its rows have Kafka offsets
 * @param schemaProblems how its columns differ from those that the job writes, for people
 */
public record FileTotals(Tallies tallies, long bytes, boolean offsets, List<String> schemaProblems) {
    public FileTotals {
        schemaProblems = List.copyOf(schemaProblems);
    }

    /** Returns all schema problems in one line, or nothing if there are none. */
    public Optional<String> schemaProblem() {
        return schemaProblems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", schemaProblems));
    }

    public long rows() {
        return tallies.rows();
    }
}
