package pipeline.streaming.publish;

import java.io.IOException;
import java.util.List;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;

/** A batch that is written but not visible yet. */
public interface StagedBatch {

    /** Returns the files of valid events; their rows are counted in the files, not in the stream. */
    List<LedgerFile> files();

    /** Returns the files of rejected events, counted in the same way. */
    List<LedgerFile> rejectedFiles();

    /**
     * Makes the batch visible and commits it.
     *
     * @param record the batch's record, without a commit time
     * @return the record as it was committed
     * @throws pipeline.streaming.lifecycle.CannotContinueException when another job has published this batch
     */
    LedgerRecord publish(LedgerRecord record) throws IOException;

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
