package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads the partition and offset in Kafka from which each row of a file comes, some thousand rows at a time. */
public final class OffsetReader {
    private static final int ROWS_AT_A_TIME = 8192;

    private final Consumer<Offsets> action;
    private final int[] partitions;
    private final long[] offsets;
    private int known;
    private long unknown;

    private OffsetReader(long rows, Consumer<Offsets> action) {
        int atATime = (int) Math.min(rows, ROWS_AT_A_TIME);
        this.action = action;
        this.partitions = new int[atATime];
        this.offsets = new long[atATime];
    }

    /**
     * The offsets of some rows.
     *
     * @param partitions one for each row that has an offset, in the order of {@code offsets}
     * @param unknown rows without an offset
     */
    public record Offsets(int[] partitions, long[] offsets, long unknown) {}

    /** Passes on the offsets of all rows, each once. */
    public static void read(Storage storage, String path, Consumer<Offsets> action) throws UnreadableFileException {
        ParquetFile.read(storage, path, file -> read(file, action));
    }

    /** As {@link #read}, in a run whose events have a schema. */
    public static void readEvents(Storage storage, String path, Consumer<Offsets> action)
            throws UnreadableFileException {
        ParquetFile.open(
                storage, path, (channel, bytes) -> ParquetFile.readEvents(channel, bytes, file -> read(file, action)));
    }

    private static Void read(ParquetFile file, Consumer<Offsets> action) throws IOException {
        OffsetReader reader = new OffsetReader(file.rows(), action);
        Optional<Column> partition = file.column(OutputTree.KAFKA_PARTITION, Column::isWhole);
        Optional<Column> offset = file.column(OutputTree.KAFKA_OFFSET, Column::isWhole);
        if (partition.isPresent() && offset.isPresent()) {
            file.forEachRow(
                    List.of(partition.get(), offset.get()),
                    file.rows(),
                    () -> reader.add(partition.get(), offset.get()));
        } else {
            reader.unknown = file.rows();
        }
        reader.passOn();
        return null;
    }

    private void add(Column partition, Column offset) {
        if (partition.hasValue() && offset.hasValue()) {
            partitions[known] = (int) partition.whole();
            offsets[known++] = offset.whole();
        } else {
            unknown++;
        }
        if (known == offsets.length) {
            passOn();
        }
    }

    private void passOn() {
        action.accept(new Offsets(Arrays.copyOf(partitions, known), Arrays.copyOf(offsets, known), unknown));
        known = 0;
        unknown = 0;
    }
}
