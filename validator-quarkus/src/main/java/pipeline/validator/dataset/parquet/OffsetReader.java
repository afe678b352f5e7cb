package pipeline.validator.dataset.parquet;

import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads where in Kafka each row of a file comes from. */
public final class OffsetReader {
    private OffsetReader() {}

    /**
     * The rows of one file.
     *
     * @param partitions one for each row that says it, beside its offset
     * @param unknown rows that do not say it
     */
    public record Offsets(int[] partitions, long[] offsets, long unknown) {}

    public static Offsets read(SeekableByteChannel file) throws UnreadableFileException {
        return ParquetFiles.read(file, reader -> {
            int rows = Math.toIntExact(reader.getRecordCount());
            Optional<ColumnDescriptor> partition = ParquetFiles.column(reader, OutputTree.KAFKA_PARTITION);
            Optional<ColumnDescriptor> offset = ParquetFiles.column(reader, OutputTree.KAFKA_OFFSET);
            if (!isWhole(partition) || !isWhole(offset)) {
                return new Offsets(new int[0], new long[0], rows);
            }
            ParquetFiles.request(reader, List.of(partition.get(), offset.get()));
            int[] partitions = new int[rows];
            long[] offsets = new long[rows];
            int known = 0;
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                ColumnReadStore columns = ParquetFiles.columns(reader, pages);
                ColumnReader partitionReader = columns.getColumnReader(partition.get());
                ColumnReader offsetReader = columns.getColumnReader(offset.get());
                for (long row = 0; row < pages.getRowCount(); row++) {
                    if (isPresent(partitionReader) && isPresent(offsetReader)) {
                        partitions[known] = (int) whole(partitionReader);
                        offsets[known++] = whole(offsetReader);
                    }
                    partitionReader.consume();
                    offsetReader.consume();
                }
            }
            return new Offsets(Arrays.copyOf(partitions, known), Arrays.copyOf(offsets, known), rows - known);
        });
    }

    private static boolean isWhole(Optional<ColumnDescriptor> column) {
        return column.filter(known -> NumberColumn.isWhole(known.getPrimitiveType()))
                .isPresent();
    }

    private static boolean isPresent(ColumnReader column) {
        return column.getCurrentDefinitionLevel() == column.getDescriptor().getMaxDefinitionLevel();
    }

    private static long whole(ColumnReader column) {
        return column.getDescriptor().getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64
                ? column.getLong()
                : column.getInteger();
    }
}
