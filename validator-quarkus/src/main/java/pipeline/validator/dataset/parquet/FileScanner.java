package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.column.Chunk;
import pipeline.validator.dataset.parquet.column.DoubleValues;
import pipeline.validator.dataset.parquet.column.FlatColumn;
import pipeline.validator.dataset.parquet.column.FlatFile;
import pipeline.validator.dataset.parquet.column.Timestamps;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * Aggregates one file. If its folder names the id and its columns are as the job writes them, only the column {@code value} is
 * read, and the bounds of {@code ts} are taken from the footer if it has them. {@link RowScanner} reads all other files, and says
 * what is wrong with those that cannot be read.
 */
public final class FileScanner {
    private final FlatFile file;
    private final Tallies tallies = new Tallies();
    private final Tally tally;

    public static FileTotals scan(Storage storage, String path) throws UnreadableFileException {
        return ParquetFile.open(storage, path, (channel, bytes) -> scan(channel, bytes, path));
    }

    private static FileTotals scan(SeekableByteChannel channel, long bytes, String path) throws IOException {
        Optional<ParquetFile.FolderId> folder = ParquetFile.FolderId.of(path);
        if (folder.isPresent()) {
            try {
                Optional<FileTotals> totals =
                        scanColumns(channel, bytes, folder.get().id());
                if (totals.isPresent()) {
                    return totals.get();
                }
            } catch (IOException | RuntimeException e) {
                // The other reader knows more formats, and its errors are for people.
            }
        }
        return RowScanner.scan(channel, bytes, path);
    }

    /** Returns nothing if the columns are not as the job writes them. */
    static Optional<FileTotals> scanColumns(SeekableByteChannel channel, long bytes, Integer id) throws IOException {
        try (FlatFile file = new FlatFile(channel, bytes)) {
            return new FileScanner(file, id).totals(bytes);
        }
    }

    private FileScanner(FlatFile file, Integer id) {
        this.file = file;
        tally = tallies.of(id);
    }

    private Optional<FileTotals> totals(long bytes) throws IOException {
        Optional<FlatColumn> value = file.column(Event.VALUE).filter(FlatColumn::isDouble);
        Optional<FlatColumn> ts = file.column(Event.TS).filter(column -> column.timestamps() != null);
        if (value.isEmpty()
                || ts.isEmpty()
                || !is(Event.SOURCE, FlatColumn::isString)
                || !isMissingOrWhole(OutputTree.KAFKA_PARTITION)
                || !isMissingOrWhole(OutputTree.KAFKA_OFFSET)) {
            return Optional.empty();
        }
        file.read(value.get(), new DoubleValues(tally, file.rows()));
        addTs(ts.get());
        boolean hasOffsets = file.column(OutputTree.KAFKA_PARTITION).isPresent()
                && file.column(OutputTree.KAFKA_OFFSET).isPresent();
        return Optional.of(new FileTotals(tallies, bytes, hasOffsets, List.of()));
    }

    private boolean is(String name, Predicate<FlatColumn> isExpected) {
        return file.column(name).filter(isExpected).isPresent();
    }

    private boolean isMissingOrWhole(String name) {
        return file.column(name).isEmpty() || is(name, FlatColumn::isWhole);
    }

    private void addTs(FlatColumn ts) throws IOException {
        List<Chunk.Bounds> bounds = new ArrayList<>();
        for (Chunk chunk : ts.chunks()) {
            bounds.add(chunk.bounds());
        }
        if (bounds.contains(null)) {
            file.read(ts, new Timestamps(tally, ts.timestamps(), file.rows()));
        } else {
            Timestamps timestamps = new Timestamps(tally, ts.timestamps(), 0);
            bounds.forEach(timestamps::add);
        }
    }
}
