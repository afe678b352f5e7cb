package pipeline.streaming.kafka;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import pipeline.events.Event;
import pipeline.events.EventJson;
import pipeline.events.RejectedEventException;
import pipeline.events.Timestamps;
import pipeline.events.Utf8;
import pipeline.events.output.OutputTree;

/**
 * Decodes Kafka records. {@link #events} and {@link #rejected} together have one row for each record, whatever its bytes.
 * Needs the columns {@code key, value, partition, offset, timestamp} of Spark's Kafka source.
 */
public final class EventDecoder {
    private static final StructType EVENT = new StructType()
            .add(Event.TS, DataTypes.LongType, false)
            .add(Event.VALUE, DataTypes.DoubleType, false)
            .add(Event.SOURCE, DataTypes.StringType, false)
            .add(OutputTree.KAFKA_PARTITION, DataTypes.IntegerType, false)
            .add(OutputTree.KAFKA_OFFSET, DataTypes.LongType, false)
            .add(Event.ID, DataTypes.IntegerType, false);

    private static final StructType REJECTED = new StructType()
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.StringType)
            .add("reason", DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("keyBase64", DataTypes.StringType)
            .add("payload", DataTypes.StringType)
            .add("payloadBase64", DataTypes.StringType);

    private EventDecoder() {}

    /** Returns {@code ts, value, source, kafka_partition, kafka_offset, id} of the records that are valid events. */
    public static Dataset<Row> events(Dataset<Row> records) {
        return records.select("value", "partition", "offset")
                .flatMap((FlatMapFunction<Row, Row>) EventDecoder::event, Encoders.row(EVENT))
                .withColumn(Event.TS, timestamp_micros(col(Event.TS)));
    }

    private static Iterator<Row> event(Row row) {
        try {
            Event event = EventJson.decode(row.getAs(0));
            return List.of(RowFactory.create(
                            micros(event.ts()),
                            event.value(),
                            event.source(),
                            row.getInt(1),
                            row.getLong(2),
                            event.id()))
                    .iterator();
        } catch (RejectedEventException e) {
            return Collections.emptyIterator();
        }
    }

    private static long micros(Instant ts) {
        // Not ChronoUnit.MICROS.between: it overflows 292 years from 1970.
        return ts.getEpochSecond() * 1_000_000 + ts.getNano() / 1000;
    }

    /**
     * Returns {@code partition, offset, timestamp, reason, key, payload} of the other records; where key or payload is
     * not UTF-8, {@code keyBase64} or {@code payloadBase64} holds it instead.
     */
    public static Dataset<Row> rejected(Dataset<Row> records) {
        return records.select("value", "partition", "offset", "timestamp", "key")
                .flatMap((FlatMapFunction<Row, Row>) EventDecoder::reject, Encoders.row(REJECTED));
    }

    private static Iterator<Row> reject(Row row) {
        byte[] payload = row.getAs(0);
        try {
            EventJson.decode(payload);
            return Collections.emptyIterator();
        } catch (RejectedEventException e) {
            Timestamp timestamp = row.getTimestamp(3);
            byte[] key = row.getAs(4);
            return List.of(RowFactory.create(
                            row.getInt(1),
                            row.getLong(2),
                            Timestamps.format(timestamp.toInstant()),
                            e.getMessage(),
                            text(key),
                            base64(key),
                            text(payload),
                            base64(payload)))
                    .iterator();
        }
    }

    private static String text(byte[] bytes) {
        return Optional.ofNullable(bytes).flatMap(Utf8::decode).orElse(null);
    }

    private static String base64(byte[] bytes) {
        return bytes == null || text(bytes) != null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
