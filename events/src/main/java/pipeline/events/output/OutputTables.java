package pipeline.events.output;

/**
 * A run whose output is two Iceberg tables, one with its events and one with everything else, instead of a tree of files. The names
 * of these tables, of their properties, and of the columns of the second one.
 */
public final class OutputTables {
    /** A property of the table of events, also in the summary of each snapshot of a batch: the {@link TableRecord}. */
    public static final String RECORD = "pipeline.record";

    /** Begins the properties with the schemas of the run's events; the SHA-256 of the text follows. */
    public static final String SCHEMA_PREFIX = "pipeline.schema.";

    /** A property of the table of events: why the job stopped for good, see {@link StopVerdict}. */
    public static final String STOPPED = "pipeline.stopped";

    /** A property of the table of rejected events: the newest batch whose rejected events it has. */
    public static final String BATCH = "pipeline.batch";

    /** What a row stands for: {@link #REJECTED}, {@link #GAP} or {@link #ABSENT}. */
    public static final String KIND = "kind";

    public static final String REJECTED = "rejected";
    public static final String GAP = "gap";
    public static final String ABSENT = "absent";

    /** The offset after the last one of the row; a rejected event has one offset. */
    public static final String KAFKA_UNTIL = "kafka_until";

    /** Why the event is rejected, or Kafka no longer has the offsets. */
    public static final String REASON = "reason";

    private OutputTables() {}

    /** Returns the table of a run's events. */
    public static String events(String runId) {
        return OutputTree.RUN_PREFIX + runId;
    }

    /** Returns the table of its rejected events, gaps and absent offsets. */
    public static String rejected(String runId) {
        return REJECTED + "_" + runId;
    }
}
