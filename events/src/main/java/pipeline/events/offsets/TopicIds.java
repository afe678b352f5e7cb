package pipeline.events.offsets;

/** Kafka's ids of topics, which differ when a topic is deleted and created again. */
public final class TopicIds {
    /** What a broker before 2.8 answers, which gives no ids: 128 bits that are 0. */
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
