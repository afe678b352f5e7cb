package pipeline.streaming.kafka;

import pipeline.events.offsets.TopicIdentity;
import pipeline.events.settings.Settings;
import pipeline.streaming.lifecycle.CannotContinueException;

/** The topic is another one than the run was read from. */
public final class AnotherTopicException extends CannotContinueException {
    private static final long serialVersionUID = 1;

    /** @param difference between the run's topic and the one that Kafka has now */
    public AnotherTopicException(TopicIdentity ofRun, String difference) {
        super("This run belongs to another topic than " + ofRun.name() + " is now: " + difference + ". Set "
                + Settings.RUN_ID + " or " + Settings.OUTPUT_DIR + " to start a new run.");
    }

    /** @throws AnotherTopicException when it is another topic now */
    public static void requireSame(TopicIdentity ofRun, TopicIdentity now) {
        ofRun.difference(now).ifPresent(difference -> {
            throw new AnotherTopicException(ofRun, difference);
        });
    }
}
