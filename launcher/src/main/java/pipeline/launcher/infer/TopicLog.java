package pipeline.launcher.infer;

import java.util.Map;
import pipeline.events.offsets.OffsetRange;

/** The committed records of a topic. Not each offset has one: transactions, aborted ones and compaction leave gaps. */
interface TopicLog {

    /** Returns which offsets each partition has. */
    Map<Integer, OffsetRange> offsets();

    /** Passes on the records in these ranges, those of a partition in their order, until the action returns false. */
    void read(Map<Integer, OffsetRange> ranges, RecordAction action);

    /** Returns whether reading takes so long that {@link #read} has ended early, and ends at once from now on. */
    boolean isTimeUp();

    /** Receives one record after another. */
    @FunctionalInterface
    interface RecordAction {
        /** @return whether to continue */
        boolean accept(int partition, long offset, byte[] value);
    }
}
