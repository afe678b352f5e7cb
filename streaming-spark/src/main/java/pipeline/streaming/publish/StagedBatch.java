package pipeline.streaming.publish;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetRange;
import pipeline.streaming.records.TopicLog.OffsetAction;

/** A batch that is written but not visible yet. */
public interface StagedBatch {

    /** Returns the number of valid events, counted in what was written, not in the stream. */
    long rows();

    /** Returns the number of rejected events, counted in the same way. */
    long rejected();

    /** Adds the rejected events, with the columns of {@link pipeline.streaming.decode.DecodedRecords#rejected}. */
    void addRejected(Dataset<Row> rejected) throws IOException;

    /** Adds the offsets that have no record, and returns how the commit record names them. */
    AbsentOffsets addAbsent(SortedMap<Integer, List<OffsetRange>> absent) throws IOException;

    /** Passes on the offset of each row and each rejected event, read from what was written. */
    void forEachOffset(OffsetAction action) throws IOException;

    /**
     * Makes the batch visible and commits it.
     *
     * @throws pipeline.streaming.lifecycle.CannotContinueException when another job has published this batch
     */
    void publish(Batch batch) throws IOException;

    /** Deletes the batch, which will not be published. */
    void drop() throws IOException;
}
