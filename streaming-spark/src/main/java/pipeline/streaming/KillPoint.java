package pipeline.streaming;

/**
 * Ends the process behind a step of publication, at once and without any hook, as SIGKILL would: for the tests that show what
 * a crash leaves behind. Off unless the system property is set.
 */
final class KillPoint implements PublicationStep.Listener {
    /** Holds the name of a {@link PublicationStep}. */
    static final String PROPERTY = "pipeline.killBehind";

    /** What a shell reports of a process that SIGKILL ended. */
    private static final int KILLED = 137;

    private final PublicationStep last;

    private KillPoint(PublicationStep last) {
        this.last = last;
    }

    static PublicationStep.Listener ofSystemProperty() {
        String step = System.getProperty(PROPERTY);
        return step == null ? reached -> {} : new KillPoint(PublicationStep.valueOf(step));
    }

    @Override
    public void reached(PublicationStep step) {
        if (step == last) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
