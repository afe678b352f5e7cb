package pipeline.streaming.demo;

import pipeline.streaming.StreamingJob;
import pipeline.streaming.publish.PublicationStep;

/**
 * Runs the job, but kills its process after the first {@link PublicationStep} that the system property {@value #KILL_AFTER}
 * names: at once and without shutdown hooks, as SIGKILL does.
 */
public final class CrashingJob {
    private static final String KILL_AFTER = "pipeline.killAfter";

    /** The exit code that a shell reports after SIGKILL. */
    private static final int KILLED = 137;

    private CrashingJob() {}

    public static void main(String[] args) {
        PublicationStep last = PublicationStep.valueOf(System.getProperty(KILL_AFTER));
        System.exit(StreamingJob.run(step -> {
            if (step == last) {
                Runtime.getRuntime().halt(KILLED);
            }
        }));
    }
}
