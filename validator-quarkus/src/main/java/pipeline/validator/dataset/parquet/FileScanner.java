package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * Aggregates one file. Reads the column {@code value}. Takes the bounds of {@code ts} from the footer if the footer has
 * them and all rows have the same id, and reads the column otherwise.
 */
public final class FileScanner {
    private final ParquetFile file;
    private final Tallies tallies = new Tallies();
    private final Column value;
    /** Null if the folder names the id. */
    private final Column id;
    /** The tally of the folder's id, or null. */
    private final Tally single;
    /** Null if the file has none, or if the footer is enough. */
    private final Column ts;

    public static FileTotals scan(Storage storage, String path) throws UnreadableFileException {
        return ParquetFile.read(storage, path, file -> new FileScanner(file).totals());
    }

    private FileScanner(ParquetFile file) throws UnreadableFileException {
        this.file = file;
        value = valueColumn();
        id = file.folder().isPresent() ? null : requiredIdColumn();
        single = file.folder().map(folder -> tallies.of(folder.id())).orElse(null);
        ts = file.column(Event.TS, Column::isTimestamp)
                .filter(column -> single == null || !addTsOfFooter(column))
                .orElse(null);
    }

    private Column valueColumn() throws UnreadableFileException {
        if (file.type(Event.VALUE).isEmpty()) {
            throw new UnreadableFileException("it has no column " + Event.VALUE);
        }
        return file.column(Event.VALUE, Column::isNumber)
                .orElseThrow(() -> new UnreadableFileException("its column " + Event.VALUE + " is "
                        + file.type(Event.VALUE).orElseThrow() + ", not a number"));
    }

    private Column requiredIdColumn() throws UnreadableFileException {
        return file.idColumn()
                .orElseThrow(() -> new UnreadableFileException("neither a folder " + OutputTree.ID_PREFIX
                        + "… nor a column of whole numbers names the " + Event.ID));
    }

    private FileTotals totals() throws IOException {
        List<Column> columns = Stream.of(value, id, ts).filter(Objects::nonNull).toList();
        file.forEachRowGroup(columns, (metadata, pages) -> {
            addRowGroup(metadata, pages, columns);
            return true;
        });
        boolean hasOffsets = file.type(OutputTree.KAFKA_PARTITION).isPresent()
                && file.type(OutputTree.KAFKA_OFFSET).isPresent();
        return new FileTotals(tallies, file.bytes(), hasOffsets, SchemaRules.problems(file));
    }

    private void addRowGroup(BlockMetaData metadata, PageReadStore pages, List<Column> columns) throws IOException {
        long rows = pages.getRowCount();
        if (single == null || !PlainDoubles.canRead(chunk(metadata, value).orElseThrow())) {
            file.forEachRow(pages, columns, rows, this::addRow);
            return;
        }
        PlainDoubles.read(pages.getPageReader(value.descriptor()), value.descriptor(), rows, single);
        if (ts != null) {
            file.forEachRow(pages, List.of(ts), rows, () -> addTs(single));
        }
    }

    private void addRow() {
        Tally tally = single == null ? tallies.of(id.hasValue() ? (int) id.number() : null) : single;
        if (value.hasValue()) {
            tally.addValue(value.number());
        } else {
            tally.addNullValue();
        }
        if (ts != null) {
            addTs(tally);
        }
    }

    private void addTs(Tally tally) {
        if (ts.hasValue()) {
            tally.addTs(ts.micros());
        } else {
            tally.addNullTs(1);
        }
    }

    /** Returns false, and adds nothing, if the footer does not have the bounds of all row groups. */
    private boolean addTsOfFooter(Column column) {
        if (!(column.descriptor().getPrimitiveType().getLogicalTypeAnnotation()
                instanceof TimestampLogicalTypeAnnotation type)) {
            return false;
        }
        Tally bounds = new Tally();
        for (BlockMetaData metadata : file.rowGroups()) {
            Object statistics = chunk(metadata, column)
                    .map(ColumnChunkMetaData::getStatistics)
                    .orElse(null);
            if (!(statistics instanceof LongStatistics known)
                    || !known.isNumNullsSet()
                    || !(known.hasNonNullValue() || known.getNumNulls() == metadata.getRowCount())) {
                return false;
            }
            bounds.addNullTs(known.getNumNulls());
            if (known.hasNonNullValue()) {
                bounds.addTsRange(Column.micros(type, known.getMin()), Column.micros(type, known.getMax()));
            }
        }
        single.add(bounds);
        return true;
    }

    private static Optional<ColumnChunkMetaData> chunk(BlockMetaData metadata, Column column) {
        ColumnPath path = ColumnPath.get(column.descriptor().getPath());
        return metadata.getColumns().stream()
                .filter(chunk -> chunk.getPath().equals(path))
                .findFirst();
    }
}
