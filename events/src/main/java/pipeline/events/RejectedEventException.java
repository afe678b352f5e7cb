package pipeline.events;

/**
 * A Kafka value is not a valid event. The message is the reason, which is stored with the value. There is no stack trace:
 * an invalid value is data, and there may be millions of them.
 */
public final class RejectedEventException extends Exception {
    private static final long serialVersionUID = 1;

    public RejectedEventException(String reason) {
        super(reason, null, false, false);
    }
}
