package pipeline.streaming.decode;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import pipeline.events.RejectedEventException;
import pipeline.events.Timestamps;
import pipeline.events.Utf8;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.decode.EventDecoder;

/** Makes a row of each Kafka record of a task, whatever its bytes: an event, or one that is rejected. For one thread. */
public final class RecordDecoder {
    /**
     * How far from 1970 the time of a record may be, in milliseconds. Spark counts microseconds in 64 bits, and shifts early
     * times by up to several years between calendars, so the limit leaves a margin of ten thousand years.
     */
    static final long MAX_MILLIS =
            Long.MAX_VALUE / 1000 - Duration.ofDays(3_652_500).toMillis();

    private static final long YEAR_1 = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1).toEpochMilli();

    private final EventDecoder event;
    private final FirstGroups groups;
    private final LastRead lastRead;
    private final FolderNames folderNames;

    private final int width;
    /** Where each of the event's columns is in a row, then {@code rescued} if there is such a column. */
    private final int[] columns;

    private final int partition;
    private final int offset;
    /** -1 if there is no such column. */
    private final int timestamp;

    private final int rejected;

    /** The last record of each partition that is not the newest record's. */
    private final Map<Integer, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();

    private ConsumerRecord<byte[], byte[]> newest;

    RecordDecoder(EventSchema schema, FirstGroups groups, LastRead lastRead) {
        this.groups = groups;
        this.event = new EventDecoder(schema, new SparkValues());
        this.lastRead = lastRead;
        this.folderNames = new FolderNames(schema);
        List<String> names = List.of(RowColumns.of(schema).fieldNames());
        this.width = names.size();
        this.partition = names.indexOf(OutputTree.KAFKA_PARTITION);
        this.offset = names.indexOf(OutputTree.KAFKA_OFFSET);
        this.timestamp = names.indexOf(OutputTree.KAFKA_TIMESTAMP);
        this.rejected = width - 1;
        this.columns = Stream.concat(schema.columns().stream().map(Field::name), Stream.of(OutputTree.RESCUED))
                .mapToInt(names::indexOf)
                .toArray();
    }

    /**
     * Returns a row with the {@linkplain DecodedRecords#columns columns}, or null if the event is not needed.
     *
     * @param record the next one of its partition
     */
    public InternalRow row(ConsumerRecord<byte[], byte[]> record) {
        if (newest != null && newest.partition() != record.partition()) {
            last.put(newest.partition(), newest);
        }
        newest = record;
        Object[] row = new Object[width];
        row[partition] = record.partition();
        row[offset] = record.offset();
        try {
            Object[] values = event(record);
            if (groups != null && !groups.have(values)) {
                return null;
            }
            put(values, row);
            if (timestamp >= 0) {
                row[timestamp] = isInYears(record.timestamp()) ? record.timestamp() * 1000 : null;
            }
        } catch (RejectedEventException e) {
            row[rejected] = rejected(record, e.getMessage());
        }
        return new GenericInternalRow(row);
    }

    /** @param values of the event's columns, and of {@code rescued} if there is one */
    private void put(Object[] values, Object[] row) {
        for (int i = 0; i < values.length; i++) {
            row[columns[i]] = values[i];
        }
        folderNames.put(values, row, rejected);
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
        boolean isInYears = isInYears(record.timestamp());
        UTF8String key = text(record.key());
        UTF8String payload = text(record.value());
        return new GenericInternalRow(new Object[] {
            isInYears ? UTF8String.fromString(Timestamps.format(Instant.ofEpochMilli(record.timestamp()))) : null,
            isInYears ? null : record.timestamp(),
            UTF8String.fromString(reason),
            key,
            key == null ? base64(record.key()) : null,
            payload,
            payload == null ? base64(record.value()) : null
        });
    }

    private static boolean isInYears(long millis) {
        return millis >= YEAR_1 && millis < YEAR_10000;
    }

    private static UTF8String text(byte[] bytes) {
        return Optional.ofNullable(bytes)
                .flatMap(Utf8::decode)
                .map(UTF8String::fromString)
                .orElse(null);
    }

    private static UTF8String base64(byte[] bytes) {
        return bytes == null ? null : UTF8String.fromBytes(Base64.getEncoder().encode(bytes));
    }
}
