package pipeline.endtoend.faults;

import java.io.IOException;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.SystemUnderTest;

/** The events of a fault run: what is sent besides those of the producer, and how they are compared with the output. */
public interface Workload {

    /** Returns what sends until it is closed. */
    SteadySender start(SystemUnderTest system);

    /**
     * Changes what the next start of the job finds.
     *
     * @param kills how often it was killed before
     */
    default void prepare(int kills) throws IOException {}

    /** Returns how a reader that knows nothing about the pipeline reads the events. */
    ParquetRows.Format<?> format();

    /** Returns whether the validator takes part in the run. */
    boolean isForValidator();

    /** Reads everything after the job has caught up. */
    RunOutput<?> output(SystemUnderTest system) throws IOException;
}
