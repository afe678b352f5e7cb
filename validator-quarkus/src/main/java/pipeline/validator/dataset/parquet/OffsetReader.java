package pipeline.validator.dataset.parquet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads from which offset in Kafka each row of a file comes. */
public final class OffsetReader {
    private final int[] partitions;
    private final long[] offsets;
    private int known;

    private OffsetReader(int rows) {
        partitions = new int[rows];
        offsets = new long[rows];
    }

    /**
     * @param partitions one for each row that has an offset, in the order of {@code offsets}
     * @param unknown rows without an offset
     */
    public record Offsets(int[] partitions, long[] offsets, long unknown) {}

    public static Offsets read(Storage storage, String path) throws UnreadableFileException {
        return ParquetFile.read(storage, path, file -> {
            int rows = Math.toIntExact(file.rows());
            OffsetReader reader = new OffsetReader(rows);
            Optional<Column> partition = file.column(OutputTree.KAFKA_PARTITION, Column::isWhole);
            Optional<Column> offset = file.column(OutputTree.KAFKA_OFFSET, Column::isWhole);
            if (partition.isPresent() && offset.isPresent()) {
                file.forEachRow(
                        List.of(partition.get(), offset.get()), rows, () -> reader.add(partition.get(), offset.get()));
            }
            return reader.offsets(rows);
        });
    }

    private void add(Column partition, Column offset) {
        if (partition.hasValue() && offset.hasValue()) {
            partitions[known] = (int) partition.whole();
            offsets[known++] = offset.whole();
        }
    }

    private Offsets offsets(int rows) {
        return new Offsets(Arrays.copyOf(partitions, known), Arrays.copyOf(offsets, known), rows - known);
    }
}
