package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.FolderId;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * Aggregates one file. Reads the {@code value} column; the bounds of {@code ts} come from the footer when it has them
 * and all rows are of one id, and from the column otherwise.
 */
public final class FileScanner {
    private FileScanner() {}

    /**
     * Returns what the file holds.
     *
     * @param folder the id that the file's folder names; without one the file's own {@code id} column counts
     */
    public static FileTotals scan(SeekableByteChannel file, Optional<FolderId> folder) throws UnreadableFileException {
        return ParquetFiles.read(file, reader -> {
            Scan scan = new Scan(reader, folder);
            scan.read();
            return new FileTotals(scan.tallies, file.size(), hasOffsets(reader), SchemaRules.problems(reader, folder));
        });
    }

    private static boolean hasOffsets(ParquetFileReader reader) {
        return ParquetFiles.column(reader, OutputTree.KAFKA_PARTITION).isPresent()
                && ParquetFiles.column(reader, OutputTree.KAFKA_OFFSET).isPresent();
    }

    private static final class Scan {
        private final ParquetFileReader reader;
        private final Tallies tallies = new Tallies();
        private final Tally single;
        private final ColumnDescriptor value;
        private final NumberColumn number;
        private final Optional<ColumnDescriptor> id;
        private final Optional<ColumnDescriptor> ts;

        Scan(ParquetFileReader reader, Optional<FolderId> folder) throws UnreadableFileException {
            this.reader = reader;
            value = ParquetFiles.column(reader, Event.VALUE)
                    .orElseThrow(() -> new UnreadableFileException("it has no column " + Event.VALUE));
            number = NumberColumn.of(value.getPrimitiveType())
                    .orElseThrow(() -> new UnreadableFileException(
                            "its column " + Event.VALUE + " is " + value.getPrimitiveType() + ", not a number"));
            ts = ParquetFiles.column(reader, Event.TS).filter(column -> TimestampColumn.of(column.getPrimitiveType())
                    .isPresent());
            id = folder.isPresent() ? Optional.empty() : Optional.of(idColumn(reader));
            single = folder.map(known -> tallies.of(known.id())).orElse(null);
        }

        private static ColumnDescriptor idColumn(ParquetFileReader reader) throws UnreadableFileException {
            return ParquetFiles.column(reader, Event.ID)
                    .filter(column -> NumberColumn.isWhole(column.getPrimitiveType()))
                    .orElseThrow(() -> new UnreadableFileException("neither a folder " + OutputTree.ID_PREFIX
                            + "… nor a column of whole numbers names the " + Event.ID));
        }

        void read() throws IOException {
            boolean readsTs = ts.isPresent() && !tsFromFooter(ts.get());
            List<ColumnDescriptor> columns = new ArrayList<>(List.of(value));
            id.ifPresent(columns::add);
            if (readsTs) {
                columns.add(ts.get());
            }
            ParquetFiles.request(reader, columns);
            for (BlockMetaData block : reader.getRowGroups()) {
                PageReadStore pages = reader.readNextRowGroup();
                if (pages != null) {
                    readRowGroup(block, pages, readsTs);
                }
            }
        }

        private void readRowGroup(BlockMetaData block, PageReadStore pages, boolean readsTs) throws IOException {
            ColumnReadStore columns = ParquetFiles.columns(reader, pages);
            long rows = pages.getRowCount();
            TallyOfRow tally = row -> single;
            if (id.isPresent()) {
                Tally[] tallyOfRow = tallies(columns.getColumnReader(id.get()), Math.toIntExact(rows));
                tally = row -> tallyOfRow[(int) row];
            }
            if (single != null
                    && PlainDoubles.canRead(value, chunk(block, value).orElseThrow())) {
                PlainDoubles.read(pages.getPageReader(value), value, rows, single);
            } else {
                readValues(columns.getColumnReader(value), rows, tally);
            }
            if (readsTs) {
                readTs(columns.getColumnReader(ts.orElseThrow()), rows, tally);
            }
        }

        private interface TallyOfRow {
            Tally at(long row);
        }

        private Tally[] tallies(ColumnReader ids, int rows) {
            NumberColumn numbers =
                    NumberColumn.of(ids.getDescriptor().getPrimitiveType()).orElseThrow();
            int present = ids.getDescriptor().getMaxDefinitionLevel();
            Tally[] tallyOfRow = new Tally[rows];
            for (int row = 0; row < rows; row++) {
                tallyOfRow[row] =
                        tallies.of(ids.getCurrentDefinitionLevel() == present ? (int) numbers.number(ids) : null);
                ids.consume();
            }
            return tallyOfRow;
        }

        private void readValues(ColumnReader values, long rows, TallyOfRow tally) {
            int present = value.getMaxDefinitionLevel();
            for (long row = 0; row < rows; row++) {
                if (values.getCurrentDefinitionLevel() == present) {
                    tally.at(row).addValue(number.number(values));
                } else {
                    tally.at(row).addNullValue();
                }
                values.consume();
            }
        }

        private void readTs(ColumnReader values, long rows, TallyOfRow tally) {
            TimestampColumn timestamps =
                    TimestampColumn.of(ts.orElseThrow().getPrimitiveType()).orElseThrow();
            int present = ts.orElseThrow().getMaxDefinitionLevel();
            for (long row = 0; row < rows; row++) {
                if (values.getCurrentDefinitionLevel() == present) {
                    tally.at(row).addTs(timestamps.micros(values));
                } else {
                    tally.at(row).addNullTs(1);
                }
                values.consume();
            }
        }

        /** Takes the bounds from the footer and returns true, or returns false when it does not have all of them. */
        private boolean tsFromFooter(ColumnDescriptor column) {
            if (single == null
                    || !(column.getPrimitiveType().getLogicalTypeAnnotation()
                            instanceof TimestampLogicalTypeAnnotation type)) {
                return false;
            }
            Tally bounds = new Tally();
            for (BlockMetaData block : reader.getRowGroups()) {
                if (!(statistics(block, column) instanceof LongStatistics known)
                        || !known.isNumNullsSet()
                        || !(known.hasNonNullValue() || known.getNumNulls() == block.getRowCount())) {
                    return false;
                }
                bounds.addNullTs(known.getNumNulls());
                if (known.hasNonNullValue()) {
                    bounds.addTsRange(
                            TimestampColumn.micros(type, known.getMin()), TimestampColumn.micros(type, known.getMax()));
                }
            }
            single.add(bounds);
            return true;
        }

        private static Object statistics(BlockMetaData block, ColumnDescriptor column) {
            return chunk(block, column).map(ColumnChunkMetaData::getStatistics).orElse(null);
        }

        private static Optional<ColumnChunkMetaData> chunk(BlockMetaData block, ColumnDescriptor column) {
            ColumnPath path = ColumnPath.get(column.getPath());
            return block.getColumns().stream()
                    .filter(chunk -> chunk.getPath().equals(path))
                    .findFirst();
        }
    }
}
