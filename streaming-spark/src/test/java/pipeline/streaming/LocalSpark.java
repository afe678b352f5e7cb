package pipeline.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.decode.DecodedRecords;
import pipeline.streaming.decode.RecordDecoder;

/** The job's own Spark session, shared by all tests, and small batches as the job's source delivers them. */
public final class LocalSpark {
    private static SparkSession session;
    private static DecodedRecords decoded;

    private LocalSpark() {}

    public static synchronized SparkSession session() {
        if (session == null) {
            System.setProperty("spark.ui.enabled", "false");
            session = SparkSessions.session("local[2]");
        }
        return session;
    }

    /** Returns how records of the built-in event are decoded. */
    public static synchronized DecodedRecords decoded() {
        if (decoded == null) {
            decoded = new DecodedRecords(session(), SchemaFile.builtIn());
        }
        return decoded;
    }

    /** @param records as {@link KafkaRecords} makes them */
    public static Dataset<Row> batch(List<Row> records) {
        return batch(records, decoded());
    }

    public static Dataset<Row> batch(List<Row> records, DecodedRecords decoded) {
        JavaRDD<InternalRow> rows = JavaSparkContext.fromSparkContext(session().sparkContext())
                .parallelize(records, 1)
                .mapPartitions(ofTask -> {
                    RecordDecoder decoder = decoded.decoder();
                    List<InternalRow> decodedRows = new ArrayList<>();
                    ofTask.forEachRemaining(record -> decodedRows.add(decoder.row(KafkaRecords.fromKafka(record))));
                    decoder.end();
                    return decodedRows.iterator();
                });
        return session().internalCreateDataFrame(rows.rdd(), decoded.columns(), false);
    }

    /** Returns the offset after the last record of each partition. */
    public static Map<Integer, Long> untilOf(List<Row> records) {
        Map<Integer, Long> until = new TreeMap<>();
        records.forEach(row -> until.merge(row.getInt(2), row.getLong(3) + 1, Math::max));
        return until;
    }
}
