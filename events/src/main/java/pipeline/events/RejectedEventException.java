package pipeline.events;

/**
 * Says why a Kafka value is not a valid event. The message is the reason as it is kept beside the value. It has no stack
 * trace: a bad value is data, and there may be millions of them.
 */
public final class RejectedEventException extends Exception {
    private static final long serialVersionUID = 1;

    RejectedEventException(String reason) {
        super(reason, null, false, false);
    }
}
