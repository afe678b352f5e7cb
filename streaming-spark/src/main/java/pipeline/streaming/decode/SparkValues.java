package pipeline.streaming.decode;

import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import pipeline.events.schema.reader.Values;

/** The values of Spark's own rows, which are not converted any more. */
final class SparkValues implements Values {

    @Override
    public Object string(String text) {
        return UTF8String.fromString(text);
    }

    @Override
    public Object string(byte[] bytes, int from, int length) {
        return UTF8String.fromBytes(bytes, from, length);
    }

    @Override
    public Object struct(Object[] fields) {
        return new GenericInternalRow(fields);
    }

    @Override
    public Object list(Object[] items) {
        return new GenericArrayData(items);
    }
}
