package pipeline.endtoend.faults;

import java.io.IOException;
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

    /**
     * Disturbs what the job depends on while it publishes.
     *
     * @return whether it did; then the job has to publish again
     */
    default boolean disturb() throws IOException {
        return false;
    }

    /** Returns a reader that knows nothing about the pipeline. */
    Observer reader(SystemUnderTest system);

    /** Returns whether the validator takes part in the run. */
    boolean isForValidator();

    /** Reads everything after the job has caught up. */
    TopicComparison<?> output(SystemUnderTest system) throws IOException;
}
