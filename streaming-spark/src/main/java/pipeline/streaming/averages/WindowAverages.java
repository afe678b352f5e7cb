package pipeline.streaming.averages;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.Roles;
import pipeline.streaming.decode.DecodedRecords;

/**
 * The average value of each group in each window of ten seconds, as a stream. An event counts in the window of its time if it is
 * at most {@value #MAX_LATENESS} late. Without a column for groups there is one group, without one for values there are counts,
 * and without one for time that of the Kafka record counts.
 */
public final class WindowAverages {
    static final String WINDOW = "10 seconds";

    /** The watermark: windows that ended earlier than this before the newest event are dropped. */
    static final String MAX_LATENESS = "10 minutes";

    /**
     * Events further ahead of the clock are ignored: a single one far in the future would advance the watermark and make all
     * others late.
     */
    static final String MAX_AHEAD = "1 minute";

    private static final String TIME = "time";
    private static final String GROUP = "group";
    private static final String VALUE = "value";

    private WindowAverages() {}

    /** Returns {@code start, group, average} of the events of {@link DecodedRecords#events}; a count is a double, too. */
    public static Dataset<Row> of(Dataset<Row> events, Roles roles) {
        Column time = col(roles.time() == null ? OutputTree.KAFKA_TIMESTAMP : roles.time());
        Column average = roles.value() == null ? count(lit(1)).cast(DataTypes.DoubleType) : avg(VALUE);
        return events.select(
                        time.as(TIME),
                        columnOrNull(roles.group()).as(GROUP),
                        columnOrNull(roles.value()).as(VALUE))
                .filter(col(TIME).leq(current_timestamp().plus(expr("INTERVAL " + MAX_AHEAD))))
                .withWatermark(TIME, MAX_LATENESS)
                .groupBy(window(col(TIME), WINDOW), col(GROUP))
                .agg(average.as("average"))
                .select(col("window.start"), col(GROUP), col("average"));
    }

    private static Column columnOrNull(String name) {
        return name == null ? lit(null).cast(DataTypes.StringType) : col(name);
    }
}
