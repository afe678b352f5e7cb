package pipeline.streaming.source;

import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.util.LongAccumulator;
import pipeline.streaming.decode.RecordDecoder;

/** The records of a slice as rows; those of a partition come in order. */
final class SliceReader implements PartitionReader<InternalRow> {
    private final RecordReader reader;
    private final Iterator<ConsumerRecord<byte[], byte[]>> records;
    private final RecordDecoder decoder;
    private final LongAccumulator sizes;
    private final LongAccumulator waits;
    private InternalRow row;
    private boolean isComplete;
    private boolean isClosed;

    /** @param reader is given back, or closed */
    SliceReader(Slice slice, RecordReader reader, RecordDecoder decoder, LongAccumulator sizes, LongAccumulator waits) {
        this.reader = reader;
        this.records = reader.records(slice.ranges());
        this.decoder = decoder;
        this.sizes = sizes;
        this.waits = waits;
    }

    @Override
    public boolean next() {
        do {
            if (!records.hasNext()) {
                if (!isComplete) {
                    isComplete = true;
                    decoder.end();
                    waits.add(reader.waitedNanos());
                }
                return false;
            }
            ConsumerRecord<byte[], byte[]> record = records.next();
            // The size of null is -1.
            sizes.add(Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize()));
            row = decoder.row(record);
        } while (row == null);
        return true;
    }

    @Override
    public InternalRow get() {
        return row;
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
