package pipeline.validator.dataset.parquet.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Statistics;

/** The part of a column that is in one row group. */
public record Chunk(FlatColumn column, ColumnMetaData metadata) {
    /**
     * What the footer says of a chunk of 64-bit numbers.
     *
     * @param first the smallest value, or more than {@code last} if all are null
     */
    public record Bounds(long nulls, long first, long last) {}

    /** Returns null if the footer does not say it. */
    public Bounds bounds() {
        Statistics statistics = metadata.getStatistics();
        if (statistics == null || !statistics.isSetNull_count()) {
            return null;
        }
        if (statistics.getNull_count() == metadata.getNum_values()) {
            return new Bounds(statistics.getNull_count(), Long.MAX_VALUE, Long.MIN_VALUE);
        }
        // Older writers have only the deprecated fields, whose order is right for signed numbers.
        byte[] first = statistics.isSetMin_value() ? statistics.getMin_value() : statistics.getMin();
        byte[] last = statistics.isSetMax_value() ? statistics.getMax_value() : statistics.getMax();
        return first == null || last == null || first.length != Long.BYTES || last.length != Long.BYTES
                ? null
                : new Bounds(statistics.getNull_count(), number(first), number(last));
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** Returns where the first page is. */
    long start() {
        long dictionary = metadata.getDictionary_page_offset();
        return dictionary > 0 ? Math.min(dictionary, metadata.getData_page_offset()) : metadata.getData_page_offset();
    }

    long end() {
        return start() + metadata.getTotal_compressed_size();
    }
}
