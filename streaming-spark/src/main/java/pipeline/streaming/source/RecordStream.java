package pipeline.streaming.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.apache.spark.sql.kafka010.KafkaBatchInputPartition;
import org.apache.spark.sql.kafka010.KafkaOffsetRange;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.LongAccumulator;
import pipeline.events.offsets.OffsetRange;

/**
 * Spark's Kafka source, which knows where a batch starts and ends and notices lost offsets, with a task that reads several
 * partitions, and with bounds that adapt to what was read so far.
 */
final class RecordStream implements MicroBatchStream, SupportsAdmissionControl {
    /** Each task of the publisher writes files of its own, so a small batch gets one task. */
    private static final int EVENTS_PER_TASK = 100_000;

    private final MicroBatchStream kafka;
    private final SourceState state;
    private final BatchBounds bounds;
    private final Duration delay;
    private final Map<String, Object> consumer;
    private final SparkSession spark = SparkSession.active();
    private final LongAccumulator sizes = spark.sparkContext().longAccumulator();
    private final LongAccumulator waits = spark.sparkContext().longAccumulator();
    private Batch planned;
    private boolean isCut;

    RecordStream(MicroBatchStream kafka, SourceState state, CaseInsensitiveStringMap options) {
        this.kafka = kafka;
        this.state = state;
        this.bounds = state.bounds();
        this.delay = Duration.parse(options.get(RecordTable.DELAY));
        this.consumer = KafkaSource.consumer(options.asCaseSensitiveMap());
    }

    /** A batch that Spark processes. */
    private record Batch(Offset end, long events) {}

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        if (planned != null && planned.end.equals(start)) {
            bounds.read(planned.events, sizes.avg(), Duration.ofNanos((long) waits.avg()));
            planned = null;
        }
        // What a batch had to leave is not kept waiting for more.
        ReadLimit least = ReadLimit.minRows(isCut ? 1 : bounds.earlyEvents(), delay.toMillis());
        SupportsAdmissionControl admission = (SupportsAdmissionControl) kafka;
        Offset end = admission.latestOffset(
                start, ReadLimit.compositeLimit(new ReadLimit[] {least, ReadLimit.maxRows(bounds.events())}));
        isCut = !end.equals(start) && !end.equals(admission.reportLatestOffset());
        return end;
    }

    @Override
    public Offset latestOffset() {
        throw new UnsupportedOperationException("Spark calls latestOffset(Offset, ReadLimit)");
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        String topic = "";
        for (InputPartition partition : kafka.planInputPartitions(start, end)) {
            KafkaOffsetRange range = ((KafkaBatchInputPartition) partition).offsetRange();
            topic = range.topic();
            ranges.put(range.partition(), new OffsetRange(range.fromOffset(), range.untilOffset()));
        }
        long events = ranges.values().stream().mapToLong(OffsetRange::length).sum();
        int most = (int)
                Math.min(1 + events / EVENTS_PER_TASK, spark.sparkContext().defaultParallelism());
        List<Slice> slices = Slice.divide(topic, ranges, most);
        sizes.reset();
        waits.reset();
        planned = new Batch(end, events);
        return slices.toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new SliceReaderFactory(
                consumer, state.records(), bounds.patience(), bounds.bytesPerEvent(), sizes, waits);
    }

    @Override
    public Offset initialOffset() {
        return kafka.initialOffset();
    }

    @Override
    public Offset deserializeOffset(String json) {
        return kafka.deserializeOffset(json);
    }

    @Override
    public void commit(Offset end) {
        kafka.commit(end);
    }

    @Override
    public void stop() {
        kafka.stop();
    }
}
