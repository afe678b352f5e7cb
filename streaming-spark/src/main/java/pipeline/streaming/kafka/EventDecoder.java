package pipeline.streaming.kafka;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
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
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.output.OutputTree;

/**
 * Decodes Kafka records. {@link #events} and {@link #rejected} together have one row for each record, whatever its bytes.
 * Needs the columns of {@link pipeline.streaming.source.KafkaSource#RECORD}.
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
            .add("timestampMillis", DataTypes.LongType)
            .add("reason", DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("keyBase64", DataTypes.StringType)
            .add("payload", DataTypes.StringType)
            .add("payloadBase64", DataTypes.StringType);

    /**
     * How far from 1970 the time of a record may be, in milliseconds. Spark counts microseconds in 64 bits, and shifts early
     * times by up to several years between calendars, so the limit leaves a margin of ten thousand years.
     */
    static final long MAX_MILLIS =
            Long.MAX_VALUE / 1000 - Duration.ofDays(3_652_500).toMillis();

    private static final Column VALUE = col("value");
    private static final Column PARTITION = col("partition");
    private static final Column OFFSET = col("offset");
    private static final Column MILLIS = col("timestamp");
    private static final Column KEY = col("key");

    private EventDecoder() {}

    /** Returns {@code ts, value, source, kafka_partition, kafka_offset, id} of the records that are valid events. */
    public static Dataset<Row> events(Dataset<Row> records) {
        return events(records.select(VALUE, PARTITION, OFFSET, MILLIS), ValidEvents::new);
    }

    /** As {@link #events(Dataset)}; the tasks also note the last record that they read in each partition. */
    public static Dataset<Row> events(Dataset<Row> records, LastRead lastRead) {
        return events(
                records.select(VALUE, PARTITION, OFFSET, MILLIS, KEY),
                rows -> new ValidEvents(new NotingLast(rows, lastRead)));
    }

    private static Dataset<Row> events(Dataset<Row> records, MapPartitionsFunction<Row, Row> events) {
        return records.mapPartitions(events, Encoders.row(EVENT)).withColumn(Event.TS, timestamp_micros(col(Event.TS)));
    }

    /** Passes on a task's records, and notes the last one of each partition. Those of a partition must come in order. */
    private static final class NotingLast implements Iterator<Row> {
        private final Iterator<Row> records;
        private final LastRead lastRead;
        private Row last;

        NotingLast(Iterator<Row> records, LastRead lastRead) {
            this.records = records;
            this.lastRead = lastRead;
        }

        @Override
        public boolean hasNext() {
            boolean more = records.hasNext();
            if (!more && last != null) {
                note();
                last = null;
            }
            return more;
        }

        @Override
        public Row next() {
            Row next = records.next();
            if (last != null && last.getInt(1) != next.getInt(1)) {
                note();
            }
            last = next;
            return next;
        }

        private void note() {
            lastRead.add(Map.entry(
                    last.getInt(1), RecordIdentity.of(last.getLong(2), last.getLong(3), last.getAs(4), last.getAs(0))));
        }
    }

    /** The valid events among a task's records. */
    private static final class ValidEvents implements Iterator<Row> {
        private final Iterator<Row> records;
        private Optional<Row> next = Optional.empty();

        ValidEvents(Iterator<Row> records) {
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && records.hasNext()) {
                Row record = records.next();
                next = isOutOfTime(record) ? Optional.empty() : event(record);
            }
            return next.isPresent();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row event = next.get();
            next = Optional.empty();
            return event;
        }
    }

    private static boolean isOutOfTime(Row record) {
        return record.getLong(3) > MAX_MILLIS || record.getLong(3) < -MAX_MILLIS;
    }

    private static Optional<Row> event(Row row) {
        try {
            Event event = EventJson.decode(row.getAs(0));
            return Optional.of(RowFactory.create(
                    micros(event.ts()), event.value(), event.source(), row.getInt(1), row.getLong(2), event.id()));
        } catch (RejectedEventException e) {
            return Optional.empty();
        }
    }

    private static long micros(Instant ts) {
        // Not ChronoUnit.MICROS.between: it overflows 292 years from 1970.
        return ts.getEpochSecond() * 1_000_000 + ts.getNano() / 1000;
    }

    /**
     * Returns {@code partition, offset, timestamp, reason, key, payload} of the other records; where key or payload is
     * not UTF-8, {@code keyBase64} or {@code payloadBase64} holds it instead, and {@code timestampMillis} a time outside of the
     * years 1 to 9999.
     */
    public static Dataset<Row> rejected(Dataset<Row> records) {
        return records.select(VALUE, PARTITION, OFFSET, MILLIS, KEY)
                .flatMap(
                        (FlatMapFunction<Row, Row>) row -> reason(row).stream()
                                .map(reason -> rejected(row, reason))
                                .iterator(),
                        Encoders.row(REJECTED));
    }

    /** Returns why the record is not a valid event; nothing if it is one. */
    private static Optional<String> reason(Row row) {
        if (isOutOfTime(row)) {
            return Optional.of("the time of the Kafka record is out of range");
        }
        try {
            EventJson.decode(row.getAs(0));
            return Optional.empty();
        } catch (RejectedEventException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Row rejected(Row row, String reason) {
        Instant time = Instant.ofEpochMilli(row.getLong(3));
        boolean isInYears = isInYears(time);
        byte[] payload = row.getAs(0);
        byte[] key = row.getAs(4);
        return RowFactory.create(
                row.getInt(1),
                row.getLong(2),
                isInYears ? Timestamps.format(time) : null,
                isInYears ? null : row.getLong(3),
                reason,
                text(key),
                base64(key),
                text(payload),
                base64(payload));
    }

    private static boolean isInYears(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1 && year <= 9999;
    }

    private static String text(byte[] bytes) {
        return Optional.ofNullable(bytes).flatMap(Utf8::decode).orElse(null);
    }

    private static String base64(byte[] bytes) {
        return bytes == null || text(bytes) != null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
