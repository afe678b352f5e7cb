package pipeline.streaming;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import pipeline.events.EventJson;
import pipeline.events.SampleEvents;

/** Kafka records for tests. */
public final class KafkaRecords {
    /** 2026-11-22T12:34:57Z, the time of each record. */
    public static final long MILLIS = Instant.parse("2026-11-22T12:34:57Z").toEpochMilli();

    public static final byte[] NOT_JSON = "oops".getBytes(StandardCharsets.UTF_8);

    private KafkaRecords() {}

    public static Row record(int partition, long offset, byte[] value) {
        return record(partition, offset, "1".getBytes(StandardCharsets.UTF_8), value);
    }

    public static Row record(int partition, long offset, byte[] key, byte[] value) {
        return RowFactory.create(key, value, partition, offset, MILLIS);
    }

    static ConsumerRecord<byte[], byte[]> fromKafka(Row record) {
        return new ConsumerRecord<>(
                "events",
                record.getInt(2),
                record.getLong(3),
                record.getLong(4),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                record.<byte[]>getAs(0),
                record.<byte[]>getAs(1),
                new RecordHeaders(),
                Optional.empty());
    }

    /** Returns valid events of all ids at these offsets of one partition. */
    public static List<Row> events(int partition, long from, long until) {
        List<Row> records = new ArrayList<>();
        for (long offset = from; offset < until; offset++) {
            records.add(record(
                    partition, offset, EventJson.encode(SampleEvents.anyEvent((int) (offset % 5), offset % 100))));
        }
        return records;
    }
}
