package pipeline.streaming.publish;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.streaming.records.TopicLog.OffsetAction;

/** A batch that is written but not visible yet. */
public interface StagedBatch {

    /** Returns the files of valid events; their rows are counted in the files, not in the stream. */
    List<LedgerFile> files();

    /** Returns the files of rejected events, counted in the same way. */
    List<LedgerFile> rejectedFiles();

    /** Adds the rejected events, with the columns of {@link pipeline.streaming.decode.DecodedRecords#rejected}. */
    void addRejected(Dataset<Row> rejected) throws IOException;

    /** Adds the offsets that have no record, and returns how the batch's record names them. */
    AbsentOffsets addAbsent(SortedMap<Integer, List<OffsetRange>> absent) throws IOException;

    /** Passes on the offset of each row and each rejected event, read from the files. */
    void forEachOffset(OffsetAction action) throws IOException;

    /**
     * Makes the batch visible and commits it.
     *
     * @param record the batch's record, without a commit time
     * @return the record as it was committed
     * @throws pipeline.streaming.lifecycle.CannotContinueException when another job has published this batch
     */
    LedgerRecord publish(LedgerRecord record) throws IOException;

    /** Deletes the batch, which will not be published. */
    void drop() throws IOException;

    default long rows() {
        return rows(files());
    }

    default long rejected() {
        return rows(rejectedFiles());
    }

    private static long rows(List<LedgerFile> files) {
        return files.stream().mapToLong(LedgerFile::rows).sum();
    }
}
