package pipeline.events.output;

import java.util.List;

/**
 * A batch that is ready to be published. Once this is written, the batch is always published, never rolled back.
 *
 * @param record what will be committed, with final names and sizes
 * @param sources the paths of the record's files, then of its rejected files, then of the file of its absent offsets, until
 *     they are published; relative to the run's staging folder
 */
public record PreparedBatch(LedgerRecord record, List<String> sources) {
    public PreparedBatch {
        sources = List.copyOf(sources);
    }
}
