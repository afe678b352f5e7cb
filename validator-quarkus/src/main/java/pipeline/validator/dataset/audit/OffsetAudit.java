package pipeline.validator.dataset.audit;

import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.run.RunSnapshot;

/**
 * Every offset of a run, read from its files.
 *
 * @param rows rows that say where in Kafka they come from
 * @param offsets offsets that the ledger accounts for; without one, those from the first to the last one found
 * @param missing offsets that are in no file
 * @param twice offsets that are in files more than once
 * @param unexpected offsets that the ledger does not account for
 * @param withoutOffset rows that do not say where in Kafka they come from
 * @param unreadable files that could not be read
 */
public record OffsetAudit(
        String run,
        RunSnapshot.Kind kind,
        long rows,
        long offsets,
        Sample missing,
        Sample twice,
        Sample unexpected,
        long withoutOffset,
        Sample unreadable) {}
