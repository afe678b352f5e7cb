package pipeline.validator.dataset.ledger;

import java.util.Map;
import java.util.Optional;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.content.Sample;

/**
 * A run's ledger as a whole.
 *
 * @param events events read from Kafka
 * @param rejected how many of them are not valid
 * @param breaks places where a record does not continue where the previous one ended
 * @param lostRecords ranges of batch numbers before the last one that have no record
 * @param gaps offsets that Kafka no longer had, as recorded by the job
 * @param gapEvents number of these offsets
 * @param absent number of offsets at which the topic has no committed record
 */
public record LedgerSummary(
        long records,
        long events,
        long rejected,
        LedgerRecord newest,
        Sample breaks,
        Sample lostRecords,
        Sample gaps,
        long gapEvents,
        long absent) {
    private static final LedgerSummary EMPTY =
            new LedgerSummary(0, 0, 0, null, Sample.NONE, Sample.NONE, Sample.NONE, 0, 0);

    /** Returns the summary with the record that follows by number. */
    public static LedgerSummary of(Optional<LedgerSummary> before, LedgerRecord next) {
        return before.orElse(EMPTY).plus(next);
    }

    private LedgerSummary plus(LedgerRecord next) {
        Sample gapsOfNext =
                Sample.of(next.gaps().stream().map(LedgerSummary::text).toList());
        return new LedgerSummary(
                records + 1,
                events + next.events(),
                rejected + next.rejected(),
                next,
                newest == null ? breaks : breaks.plus(breaks(newest, next)),
                lostRecords.plus(lost(newest == null ? 0 : newest.seq() + 1, next.seq())),
                gaps.plus(gapsOfNext),
                gapEvents + next.gaps().stream().mapToLong(OffsetGap::length).sum(),
                absent + next.read().absent().map(AbsentOffsets::count).orElse(0L));
    }

    private static String text(OffsetGap gap) {
        return "partition " + gap.partition() + " offsets " + gap.from() + " to " + (gap.until() - 1) + " ("
                + gap.reason() + ")";
    }

    private static Sample lost(long from, long until) {
        if (from >= until) {
            return Sample.NONE;
        }
        return Sample.NONE.plus(from + 1 == until ? Long.toString(from) : from + " to " + (until - 1));
    }

    private static Sample breaks(LedgerRecord before, LedgerRecord record) {
        Sample breaks = Sample.NONE;
        String batch = "batch " + record.seq();
        for (Map.Entry<Integer, OffsetRange> partition : before.offsets().entrySet()) {
            OffsetRange next = record.offsets().get(partition.getKey());
            long until = partition.getValue().until();
            if (next == null) {
                breaks = breaks.plus(batch + " has no offsets of partition " + partition.getKey());
            } else if (next.from() != until) {
                breaks = breaks.plus(batch + " continues in partition " + partition.getKey() + " at " + next.from()
                        + " instead of " + until);
            }
        }
        return before.topic().difference(record.topic()).isEmpty()
                ? breaks
                : breaks.plus(batch + " is from another topic or cluster than the previous batch");
    }
}
