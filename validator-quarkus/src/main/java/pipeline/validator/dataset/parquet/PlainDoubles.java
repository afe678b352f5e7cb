package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import pipeline.validator.dataset.content.Tally;

/**
 * Reads a column of doubles page by page, several times as fast as value by value. Only for chunks with plain encoding and
 * without nulls, as measured values have: a page of such a chunk ends with its values, eight bytes each.
 */
final class PlainDoubles {
    private static final Set<Encoding> PLAIN = Set.of(Encoding.PLAIN, Encoding.RLE, Encoding.BIT_PACKED);

    private PlainDoubles() {}

    static boolean canRead(ColumnChunkMetaData chunk) {
        Statistics<?> statistics = chunk.getStatistics();
        return chunk.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE
                && statistics != null
                && statistics.isNumNullsSet()
                && statistics.getNumNulls() == 0
                && PLAIN.containsAll(chunk.getEncodings());
    }

    static void read(PageReader pages, ColumnDescriptor column, long rows, Tally tally) throws IOException {
        long read = 0;
        for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
            ByteBuffer bytes = values(page, column.getMaxDefinitionLevel() > 0);
            double[] values = new double[page.getValueCount()];
            bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
            tally.addValues(values);
            read += values.length;
        }
        requireEqual("rows", read, rows);
    }

    private static ByteBuffer values(DataPage page, boolean hasLevels) throws IOException {
        int size = page.getValueCount() * Double.BYTES;
        if (page instanceof DataPageV2 v2) {
            ByteBuffer data = v2.getData().toByteBuffer();
            requireEqual("bytes", data.remaining(), size);
            return data;
        }
        ByteBuffer data = ((DataPageV1) page).getBytes().toByteBuffer();
        int levels = hasLevels ? levelBytes((DataPageV1) page, data) : 0;
        requireEqual("bytes", data.remaining(), levels + size);
        return data.position(data.position() + levels);
    }

    private static int levelBytes(DataPageV1 page, ByteBuffer data) {
        return page.getDlEncoding() == Encoding.RLE
                ? Integer.BYTES
                        + data.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(data.position())
                : (page.getValueCount() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static void requireEqual(String what, long actual, long expected) {
        if (actual != expected) {
            throw new ParquetDecodingException("it has " + actual + " " + what + " of values instead of " + expected);
        }
    }
}
