package pipeline.events.output;

import java.util.List;

/**
 * A batch that is about to be published: once this is written, the batch only goes forward.
 *
 * @param record what will be committed, with final names and sizes
 * @param sources where each of the record's files, then each of its rejected files, lies as long as it isn't published,
 *     relative to the run's staging folder
 */
public record PreparedBatch(LedgerRecord record, List<String> sources) {
    public PreparedBatch {
        sources = List.copyOf(sources);
    }
}
