package pipeline.streaming.publish;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import pipeline.events.output.StopVerdict;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.Checkpoint;

/**
 * Where batches are published. A sink keeps its own commit records, makes a batch visible as a whole or not at all, and
 * lets one job write at a time: with a lock that it holds until it is closed, or by refusing the second commit of a batch. Whoever
 * opens a sink closes it, after the query has ended. One thread calls it at a time: the query's thread for each batch, and between
 * two queries the thread that waits for them.
 */
public interface Sink extends Closeable {

    /** Returns where Spark keeps the working memory of a query of this run. */
    Checkpoint checkpoint(String query);

    /**
     * Checks that this job can still write here, and that no other job can. Waits while what it needs for that does not answer.
     *
     * @throws CannotContinueException when another job may be writing
     * @throws pipeline.events.settings.InvalidSettingException naming the setting when the place cannot be written to
     */
    void requireUsable() throws IOException;

    /** Returns whether a batch failed because something that the sink needs did not answer, so that it is worth another attempt. */
    boolean isInterruption(Throwable failure);

    /**
     * Finishes or drops what a crash left.
     *
     * @return the newest batch that is committed, after which the run resumes; empty for a new run
     * @throws CannotContinueException when the sink is in a state that a crash cannot cause
     */
    Optional<Batch> recover() throws IOException;

    /**
     * Writes the valid events of a batch where readers cannot see them.
     *
     * @param events with the columns of {@link pipeline.streaming.decode.DecodedRecords#events}
     */
    StagedBatch stage(long seq, Dataset<Row> events) throws IOException;

    /** Keeps the reason why the job stops for good, where others can see it. */
    void keep(StopVerdict verdict) throws IOException;

    /**
     * Drops the verdict that an earlier job kept, if Kafka again has the records that it was about.
     *
     * @param kept the partitions whose last record Kafka still has
     */
    void dropVerdict(Set<Integer> kept) throws IOException;
}
