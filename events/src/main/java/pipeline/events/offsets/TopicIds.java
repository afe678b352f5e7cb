package pipeline.events.offsets;

/** Kafka's ids of topics, which differ when a topic is deleted and created again. */
public final class TopicIds {
    /** The answer of a broker older than Kafka 2.8, whose topics have no ids: 128 zero bits. */
    private static final String NONE = "AAAAAAAAAAAAAAAAAAAAAA";

    private TopicIds() {}

    public static boolean isReal(String id) {
        return !id.equals(NONE);
    }

    /** Returns whether both are real ids, and of different topics. */
    public static boolean differ(String one, String other) {
        return isReal(one) && isReal(other) && !one.equals(other);
    }
}
