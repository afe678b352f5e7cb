package pipeline.streaming.records;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import pipeline.events.offsets.OffsetRange;
import pipeline.streaming.kafka.EventDecoder;
import pipeline.streaming.kafka.KafkaSource;

/**
 * Records that tasks read with Kafka's consumer. Spark's own source ends with an error at a record whose time does not fit into
 * 64 bits of microseconds; here such a record has no {@code timestamp} but {@code timestampMillis}.
 */
final class ConsumedRecords {
    private static final StructType RANGE = new StructType()
            .add("partition", DataTypes.IntegerType)
            .add("from", DataTypes.LongType)
            .add("until", DataTypes.LongType);

    private ConsumedRecords() {}

    static Dataset<Row> of(
            SparkSession spark, String topic, Map<String, Object> settings, Map<Integer, OffsetRange> ranges) {
        List<Row> rows = new ArrayList<>();
        ranges.forEach((partition, range) -> rows.add(RowFactory.create(partition, range.from(), range.until())));
        return spark.createDataFrame(rows, RANGE)
                .flatMap(
                        (FlatMapFunction<Row, Row>) range -> rows(
                                topic, settings, range.getInt(0), new OffsetRange(range.getLong(1), range.getLong(2))),
                        Encoders.row(KafkaSource.RECORD));
    }

    private static Iterator<Row> rows(String topic, Map<String, Object> settings, int partition, OffsetRange range) {
        RecordReader reader = new RecordReader(topic, settings);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> reader.close());
        Iterator<ConsumerRecord<byte[], byte[]>> records = reader.records(partition, range);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Row next() {
                return row(records.next());
            }
        };
    }

    private static Row row(ConsumerRecord<byte[], byte[]> record) {
        long millis = record.timestamp();
        boolean inTime = millis >= -EventDecoder.MAX_MILLIS && millis <= EventDecoder.MAX_MILLIS;
        return RowFactory.create(
                record.key(),
                record.value(),
                record.partition(),
                record.offset(),
                inTime ? new Timestamp(millis) : null,
                inTime ? null : (Long) millis);
    }
}
