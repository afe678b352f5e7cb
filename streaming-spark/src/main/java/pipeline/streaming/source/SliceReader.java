package pipeline.streaming.source;

import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.util.LongAccumulator;

/** The records of a slice as rows of {@link KafkaSource#RECORD}; those of a partition come in order. */
final class SliceReader implements PartitionReader<InternalRow> {
    private final RecordReader reader;
    private final Iterator<ConsumerRecord<byte[], byte[]>> records;
    private final LongAccumulator sizes;
    private final LongAccumulator waits;
    private ConsumerRecord<byte[], byte[]> record;
    private boolean isComplete;
    private boolean isClosed;

    /** @param reader is given back, or closed */
    SliceReader(Slice slice, RecordReader reader, LongAccumulator sizes, LongAccumulator waits) {
        this.reader = reader;
        this.records = reader.records(slice.ranges());
        this.sizes = sizes;
        this.waits = waits;
    }

    @Override
    public boolean next() {
        if (!records.hasNext()) {
            if (!isComplete) {
                isComplete = true;
                waits.add(reader.waitedNanos());
            }
            return false;
        }
        record = records.next();
        // The size of null is -1.
        sizes.add(Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize()));
        return true;
    }

    @Override
    public InternalRow get() {
        return new GenericInternalRow(
                new Object[] {record.key(), record.value(), record.partition(), record.offset(), record.timestamp()});
    }

    /** Spark may call it twice. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (isComplete) {
            reader.giveBack();
        } else {
            reader.close();
        }
    }
}
