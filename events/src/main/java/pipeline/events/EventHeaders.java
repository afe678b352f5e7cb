package pipeline.events;

/**
 * Names of an event's Kafka headers. They show whether an event was lost or duplicated before it reached Kafka or after.
 */
public final class EventHeaders {
    /** One UUID for each start of a producer, as UTF-8 text. */
    public static final String SESSION = "session";

    /** 0, 1, 2, … within a session, as decimal text. */
    public static final String SEQ = "seq";

    private EventHeaders() {}
}
