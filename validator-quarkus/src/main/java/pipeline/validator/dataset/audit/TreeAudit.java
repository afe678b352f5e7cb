package pipeline.validator.dataset.audit;

import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * What a run's folder holds, compared with what should be there. Every sample names files.
 *
 * @param listed data files that a reader of the folder sees
 * @param missing files that should be there
 * @param stray files that should not be there, so that a reader sees rows that do not count
 * @param otherSize files of another size than the ledger says, each with both
 * @param inPublication files of the batch after the last record, which is being published
 */
public record TreeAudit(
        String run,
        RunSnapshot.Kind kind,
        long listed,
        Sample missing,
        Sample stray,
        Sample otherSize,
        long inPublication) {}
