package pipeline.streaming.decode;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import pipeline.events.RejectedEventException;
import pipeline.events.Timestamps;
import pipeline.events.Utf8;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.Partition;
import pipeline.events.schema.decode.EventDecoder;

/** Makes a row of each Kafka record of a task, whatever its bytes: an event, or one that is rejected. For one thread. */
public final class RecordDecoder {
    /** A struct for records that are no event, null for the others, which have the event in the columns before it. */
    static final String REJECTED = "kafka_rejected";

    private static final StructType REJECTED_FIELDS = new StructType()
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

    private final EventDecoder event;
    private final LastRead lastRead;
    /** The place of each of the event's columns in a row. */
    private final int[] places;

    private final int partition;
    private final int offset;
    private final int rejected;

    /** The last record of each partition that is not the newest record's. */
    private final Map<Integer, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();

    private ConsumerRecord<byte[], byte[]> newest;

    RecordDecoder(EventSchema schema, LastRead lastRead) {
        this.event = new EventDecoder(schema, new SparkValues());
        this.lastRead = lastRead;
        StructType columns = columns(schema);
        this.places = schema.columns().stream()
                .mapToInt(field -> columns.fieldIndex(field.name()))
                .toArray();
        this.partition = columns.fieldIndex(OutputTree.KAFKA_PARTITION);
        this.offset = columns.fieldIndex(OutputTree.KAFKA_OFFSET);
        this.rejected = columns.fieldIndex(REJECTED);
    }

    /**
     * Returns the columns of a row: those of the files, those of the folders' names, and {@code kafka_rejected}. In rejected rows
     * those of the event are null.
     */
    static StructType columns(EventSchema schema) {
        List<String> folders = schema.roles().partition().stream()
                .filter(level -> level.kind() == Partition.Kind.VALUE)
                .map(Partition::column)
                .toList();
        Map<Boolean, List<Field>> byPlace =
                schema.columns().stream().collect(Collectors.partitioningBy(field -> folders.contains(field.name())));
        List<StructField> columns = new ArrayList<>();
        byPlace.get(false).forEach(field -> columns.add(SparkTypes.nullable(field)));
        columns.add(DataTypes.createStructField(OutputTree.KAFKA_PARTITION, DataTypes.IntegerType, false));
        columns.add(DataTypes.createStructField(OutputTree.KAFKA_OFFSET, DataTypes.LongType, false));
        byPlace.get(true).forEach(field -> columns.add(SparkTypes.nullable(field)));
        columns.add(DataTypes.createStructField(REJECTED, REJECTED_FIELDS, true));
        return DataTypes.createStructType(columns);
    }

    /** @param record the next one of its partition */
    public InternalRow row(ConsumerRecord<byte[], byte[]> record) {
        if (newest != null && newest.partition() != record.partition()) {
            last.put(newest.partition(), newest);
        }
        newest = record;
        Object[] row = new Object[rejected + 1];
        row[partition] = record.partition();
        row[offset] = record.offset();
        try {
            Object[] columns = event(record);
            for (int i = 0; i < places.length; i++) {
                row[places[i]] = columns[i];
            }
        } catch (RejectedEventException e) {
            row[rejected] = rejected(record, e.getMessage());
        }
        return new GenericInternalRow(row);
    }

    /** Notes the last records after all were decoded. */
    public void end() {
        if (newest != null) {
            last.put(newest.partition(), newest);
        }
        last.forEach((from, record) -> lastRead.add(
                Map.entry(from, RecordIdentity.of(record.offset(), record.timestamp(), record.key(), record.value()))));
    }

    private Object[] event(ConsumerRecord<byte[], byte[]> record) throws RejectedEventException {
        if (record.timestamp() > MAX_MILLIS || record.timestamp() < -MAX_MILLIS) {
            throw new RejectedEventException("the time of the Kafka record is out of range");
        }
        return event.decode(record.value());
    }

    private static InternalRow rejected(ConsumerRecord<byte[], byte[]> record, String reason) {
        Instant time = Instant.ofEpochMilli(record.timestamp());
        boolean isInYears = isInYears(time);
        return new GenericInternalRow(new Object[] {
            isInYears ? UTF8String.fromString(Timestamps.format(time)) : null,
            isInYears ? null : record.timestamp(),
            UTF8String.fromString(reason),
            text(record.key()),
            base64(record.key()),
            text(record.value()),
            base64(record.value())
        });
    }

    private static boolean isInYears(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1 && year <= 9999;
    }

    private static UTF8String text(byte[] bytes) {
        return Optional.ofNullable(bytes)
                .flatMap(Utf8::decode)
                .map(UTF8String::fromString)
                .orElse(null);
    }

    private static UTF8String base64(byte[] bytes) {
        return bytes == null || text(bytes) != null
                ? null
                : UTF8String.fromBytes(Base64.getEncoder().encode(bytes));
    }
}
