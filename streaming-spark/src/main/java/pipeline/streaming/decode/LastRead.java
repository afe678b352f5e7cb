package pipeline.streaming.decode;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.AccumulatorV2;
import pipeline.events.offsets.RecordIdentity;

/**
 * The last record of each partition that the tasks of a batch have read. A task that runs twice does no harm, since only the
 * record with the highest offset counts.
 */
public final class LastRead
        extends AccumulatorV2<Map.Entry<Integer, RecordIdentity>, SortedMap<Integer, RecordIdentity>> {
    private static final long serialVersionUID = 1;

    private final TreeMap<Integer, RecordIdentity> last = new TreeMap<>();

    /** Returns one that tasks can add to. */
    static LastRead register(SparkSession spark) {
        LastRead lastRead = new LastRead();
        spark.sparkContext().register(lastRead);
        return lastRead;
    }

    @Override
    public void add(Map.Entry<Integer, RecordIdentity> read) {
        last.merge(read.getKey(), read.getValue(), LastRead::later);
    }

    @Override
    public void merge(AccumulatorV2<Map.Entry<Integer, RecordIdentity>, SortedMap<Integer, RecordIdentity>> other) {
        other.value().entrySet().forEach(this::add);
    }

    private static RecordIdentity later(RecordIdentity one, RecordIdentity other) {
        return one.offset() > other.offset() ? one : other;
    }

    @Override
    public SortedMap<Integer, RecordIdentity> value() {
        return last;
    }

    @Override
    public boolean isZero() {
        return last.isEmpty();
    }

    @Override
    public void reset() {
        last.clear();
    }

    @Override
    public LastRead copy() {
        LastRead copy = new LastRead();
        copy.last.putAll(last);
        return copy;
    }
}
