package pipeline.validator.dataset.content;

import java.util.List;

/**
 * @param offsets whether its rows have Kafka offsets
 * @param schemaProblems how its columns differ from those that the job writes, for people
 */
public record FileTotals(Tallies tallies, long bytes, boolean offsets, List<String> schemaProblems) {
    public long rows() {
        return tallies.rows();
    }
}
