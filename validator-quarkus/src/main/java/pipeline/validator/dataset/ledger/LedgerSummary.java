package pipeline.validator.dataset.ledger;

import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.Sample;

/**
 * A run's ledger as a whole.
 *
 * @param events events read from Kafka
 * @param rejected how many of them are not valid
 * @param newest the last record
 * @param breaks places where a record does not continue where the previous one ended
 * @param lostRecords ranges of batch numbers before the last one that have no record
 * @param gaps offsets that Kafka no longer had, as recorded by the job
 * @param gapEvents number of these offsets
 */
public record LedgerSummary(
        long records,
        long events,
        long rejected,
        LedgerRecord newest,
        Sample breaks,
        Sample lostRecords,
        Sample gaps,
        long gapEvents) {}
