package pipeline.validator.dataset.ledger;

import java.util.Map;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetGap;
import pipeline.events.output.OffsetRange;
import pipeline.validator.dataset.content.Sample;

/** Follows the records of one ledger in their order and notes where one does not continue where the last one ended. */
public final class LedgerTrail {
    private final Sample.Builder breaks = new Sample.Builder();
    private final Sample.Builder lostRecords = new Sample.Builder();
    private final Sample.Builder gaps = new Sample.Builder();
    private long gapEvents;
    private long records;
    private long events;
    private LedgerRecord newest;

    /** Adds the record that comes next by number. */
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
                breaks.add("batch " + record.seq() + " does not say where partition " + partition.getKey() + " is");
            } else if (next.from() != until) {
                breaks.add("batch " + record.seq() + " continues in partition " + partition.getKey() + " at "
                        + next.from() + " instead of " + until);
            }
        }
    }

    private void noteSource(LedgerRecord before, LedgerRecord record) {
        if (!before.topicId().equals(record.topicId()) || !before.clusterId().equals(record.clusterId())) {
            breaks.add("batch " + record.seq() + " is from another topic or cluster than the one before");
        }
    }

    /** @throws IllegalStateException when there was no record yet */
    public LedgerSummary summary() {
        if (newest == null) {
            throw new IllegalStateException("no record yet");
        }
        return new LedgerSummary(records, events, newest, breaks.build(), lostRecords.build(), gaps.build(), gapEvents);
    }

    public boolean isEmpty() {
        return newest == null;
    }
}
