package pipeline.validator.dataset.ledger;

import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.Sample;

/**
 * A run's ledger as a whole.
 *
 * @param events taken from Kafka
 * @param newest the last record
 * @param breaks where a record does not continue where the one before it ended
 * @param lostRecords stretches of numbers below the last one that have no record
 * @param gaps offsets that Kafka no longer had, as the job recorded them
 * @param gapEvents how many offsets these are
 */
public record LedgerSummary(
        long records,
        long events,
        LedgerRecord newest,
        Sample breaks,
        Sample lostRecords,
        Sample gaps,
        long gapEvents) {}
