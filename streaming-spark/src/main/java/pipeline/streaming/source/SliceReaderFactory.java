package pipeline.streaming.source;

import java.time.Duration;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.LongAccumulator;
import pipeline.streaming.decode.DecodedRecords;

/**
 * Reads slices, in whichever process a task runs.
 *
 * @param consumer settings without secrets
 * @param records decodes what is read
 * @param patience how long a task waits for records
 * @param bytesPerRecord how large a record is, as far as it is known
 * @param sizes receives the size of each record, in bytes
 * @param waits receives how long each task waited for records, in nanoseconds
 */
record SliceReaderFactory(
        Map<String, Object> consumer,
        DecodedRecords records,
        Duration patience,
        double bytesPerRecord,
        LongAccumulator sizes,
        LongAccumulator waits)
        implements PartitionReaderFactory {

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        Slice slice = (Slice) partition;
        return new SliceReader(
                slice,
                RecordReader.borrow(slice.topic(), consumer, patience, bytesPerRecord, slice.longest()),
                records.decoder(),
                sizes,
                waits);
    }
}
