package pipeline.events;

/**
 * Names of the Kafka headers of an event. With them, what was lost or doubled before Kafka can be told from what was
 * lost or doubled behind it.
 */
public final class EventHeaders {
    /** One UUID for each start of a producer, as UTF-8 text. */
    public static final String SESSION = "session";

    /** 0, 1, 2, … within a session, as decimal text. */
    public static final String SEQ = "seq";

    private EventHeaders() {}
}
