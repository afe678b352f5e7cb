package pipeline.validator.dataset.ledger;

import java.util.Map;
import java.util.Optional;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetGap;
import pipeline.events.output.OffsetRange;
import pipeline.validator.dataset.content.Sample;

/** Follows the records of one ledger in their order, and notes where one does not continue the previous one. */
public final class LedgerTrail {
    private final Sample.Builder breaks = new Sample.Builder();
    private final Sample.Builder lostRecords = new Sample.Builder();
    private final Sample.Builder gaps = new Sample.Builder();
    private long gapEvents;
    private long records;
    private long events;
    private long rejected;
    private LedgerRecord newest;

    /** Adds the record with the next number. */
    public void add(LedgerRecord record) {
        if (newest == null) {
            noteLost(0, record.seq());
        } else {
            noteLost(newest.seq() + 1, record.seq());
            notePartitions(newest, record);
            noteSource(newest, record);
        }
        for (OffsetGap gap : record.gaps()) {
            gapEvents += gap.length();
            gaps.add("partition " + gap.partition() + " offsets " + gap.from() + " to " + (gap.until() - 1) + " ("
                    + gap.reason() + ")");
        }
        records++;
        events += record.events();
        rejected += record.rejected();
        newest = record;
    }

    private void noteLost(long from, long until) {
        if (from < until) {
            lostRecords.add(from + 1 == until ? Long.toString(from) : from + " to " + (until - 1));
        }
    }

    private void notePartitions(LedgerRecord before, LedgerRecord record) {
        for (Map.Entry<Integer, OffsetRange> partition : before.offsets().entrySet()) {
            OffsetRange next = record.offsets().get(partition.getKey());
            long until = partition.getValue().until();
            if (next == null) {
                breaks.add("batch " + record.seq() + " has no offsets of partition " + partition.getKey());
            } else if (next.from() != until) {
                breaks.add("batch " + record.seq() + " continues in partition " + partition.getKey() + " at " + next.from()
                        + " instead of " + until);
            }
        }
    }

    private void noteSource(LedgerRecord before, LedgerRecord record) {
        if (!before.topicId().equals(record.topicId()) || !before.clusterId().equals(record.clusterId())) {
            breaks.add("batch " + record.seq() + " is from another topic or cluster than the previous batch");
        }
    }

    /** Returns nothing if there was no record yet. */
    public Optional<LedgerSummary> summary() {
        return Optional.ofNullable(newest)
                .map(last -> new LedgerSummary(
                        records, events, rejected, last, breaks.build(), lostRecords.build(), gaps.build(), gapEvents));
    }
}
