package pipeline.streaming;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import pipeline.streaming.source.KafkaSource;

/** The job's own Spark session, shared by all tests, and small batches as the job's source delivers them. */
public final class LocalSpark {
    private static SparkSession session;

    private LocalSpark() {}

    public static synchronized SparkSession session() {
        if (session == null) {
            System.setProperty("spark.ui.enabled", "false");
            session = SparkSessions.session("local[2]");
        }
        return session;
    }

    public static Dataset<Row> batch(List<Row> records) {
        return session().createDataFrame(records, KafkaSource.RECORD).coalesce(1);
    }

    /** Returns the offset after the last record of each partition. */
    public static Map<Integer, Long> untilOf(List<Row> records) {
        Map<Integer, Long> until = new TreeMap<>();
        records.forEach(row -> until.merge(row.getInt(2), row.getLong(3) + 1, Math::max));
        return until;
    }
}
