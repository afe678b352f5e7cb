package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.parquet.column.PortableCodecs;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/**
 * An open Parquet file: its flat columns and its rows. Works without Hadoop's file system and configuration.
 *
 * @param folder the id that the file's folder names; without one, the column {@code id} has it
 */
public record ParquetFile(ParquetFileReader reader, Optional<FolderId> folder, long bytes) {
    private static final ParquetReadOptions OPTIONS = ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new PortableCodecs())
            .usePageChecksumVerification()
            .build();

    public interface Reading<T> {
        T read(ParquetFile file) throws IOException;
    }

    public interface Opened<T> {
        T read(SeekableByteChannel channel, long bytes) throws IOException;
    }

    /** Opens, reads and closes one file; any failure is a failure of this file. */
    static <T> T read(Storage storage, String path, Reading<T> reading) throws UnreadableFileException {
        return open(storage, path, (channel, bytes) -> read(channel, bytes, path, reading));
    }

    public static <T> T open(Storage storage, String path, Opened<T> reading) throws UnreadableFileException {
        try (SeekableByteChannel channel = storage.open(path)) {
            return reading.read(channel, channel.size());
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException(reason(e), e);
        }
    }

    static <T> T read(SeekableByteChannel channel, long bytes, String path, Reading<T> reading) throws IOException {
        return read(channel, bytes, FolderId.of(path), reading);
    }

    /** Reads a file whose folders name no id: that of a run with a schema. */
    public static <T> T readEvents(SeekableByteChannel channel, long bytes, Reading<T> reading) throws IOException {
        return read(channel, bytes, Optional.empty(), reading);
    }

    private static <T> T read(SeekableByteChannel channel, long bytes, Optional<FolderId> folder, Reading<T> reading)
            throws IOException {
        channel.position(0);
        try (ParquetFileReader reader = ParquetFileReader.open(new ChannelInputFile(channel, bytes), OPTIONS)) {
            return reading.read(new ParquetFile(reader, folder, bytes));
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (message.contains("not a Parquet file")) {
            return "it is not a Parquet file, or an incomplete one";
        }
        return message.lines().findFirst().orElse(message);
    }

    public long rows() {
        return reader.getRecordCount();
    }

    public boolean has(String name) {
        return schema().containsField(name);
    }

    public MessageType schema() {
        return reader.getFileMetaData().getSchema();
    }

    /** Returns the column {@code id}, if rows get their id from it. */
    Optional<Column> idColumn() {
        return folder.isPresent() ? Optional.empty() : column(Event.ID, Column::isWhole);
    }

    /** Returns a column of the top level with at most one value per row; nothing if it is missing or of another type. */
    public Optional<Column> column(String name, Predicate<PrimitiveType> isExpected) {
        return type(name)
                .filter(isExpected)
                .map(type -> new Column(schema().getColumnDescription(new String[] {name})));
    }

    public Optional<PrimitiveType> type(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        Type type = schema().getType(name);
        return type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED)
                ? Optional.of(type.asPrimitiveType())
                : Optional.empty();
    }

    /** Reads nothing but these columns, and runs the action at each of the first rows. */
    public void forEachRow(List<Column> columns, long limit, Runnable action) throws IOException {
        reader.setRequestedSchema(columns.stream().map(Column::descriptor).toList());
        long left = limit;
        for (int group = 0; left > 0 && group < reader.getRowGroups().size(); group++) {
            long rows = Math.min(left, reader.getRowGroups().get(group).getRowCount());
            if (rows > 0) {
                forEachRow(reader.readRowGroup(group), columns, rows, action);
            }
            left -= rows;
        }
    }

    public interface RecordAction {
        void accept(long index, Group record);
    }

    /** Passes on the rows with these numbers, each with all columns, in the file's order. */
    public void forEachRecord(Set<Long> rows, RecordAction action) throws IOException {
        reader.setRequestedSchema(schema());
        MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema());
        long start = 0;
        for (int group = 0; group < reader.getRowGroups().size(); group++) {
            long end = start + reader.getRowGroups().get(group).getRowCount();
            SortedSet<Long> wanted = new TreeSet<>(rows).subSet(start, end);
            if (!wanted.isEmpty()) {
                RecordReader<Group> records =
                        columns.getRecordReader(reader.readRowGroup(group), new GroupRecordConverter(schema()));
                for (long row = start; row <= wanted.last(); row++) {
                    Group record = records.read();
                    if (wanted.contains(row)) {
                        action.accept(row, record);
                    }
                }
            }
            start = end;
        }
    }

    /** Runs the action at each of the first rows of one row group. */
    private void forEachRow(PageReadStore pages, List<Column> columns, long limit, Runnable action) {
        FileMetaData file = reader.getFileMetaData();
        ColumnReadStore store = new ColumnReadStoreImpl(pages, new NoRecords(), file.getSchema(), file.getCreatedBy());
        Column[] read = columns.toArray(Column[]::new);
        for (Column column : read) {
            column.start(store);
        }
        for (long row = 0; row < limit; row++) {
            action.run();
            for (Column column : read) {
                column.next();
            }
        }
    }

    /**
     * The id in the name of a file's folder, as in {@code id=3/part-0.parquet}.
     *
     * @param id null for the folder in which Spark keeps rows without an id
     */
    public record FolderId(Integer id) {
        private static final String NULL_FOLDER = "__HIVE_DEFAULT_PARTITION__";

        /** Returns nothing if no folder of the path names an id. */
        static Optional<FolderId> of(String path) throws UnreadableFileException {
            String[] names = path.split("/");
            for (int i = names.length - 2; i >= 0; i--) {
                if (names[i].startsWith(OutputTree.ID_PREFIX)) {
                    return Optional.of(parse(names[i].substring(OutputTree.ID_PREFIX.length())));
                }
            }
            return Optional.empty();
        }

        private static FolderId parse(String text) throws UnreadableFileException {
            try {
                return new FolderId(text.equals(NULL_FOLDER) ? null : Integer.valueOf(text));
            } catch (NumberFormatException e) {
                throw new UnreadableFileException(
                        "the folder " + OutputTree.ID_PREFIX + text + " does not name a whole number", e);
            }
        }
    }

    /**
     * Parquet's column readers require a converter for records; values are read one by one here. Parquet's own dummy goes through
     * the schema for each row group.
     */
    private static final class NoRecords extends GroupConverter {
        @Override
        public Converter getConverter(int field) {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {
            // no records
        }

        @Override
        public void end() {
            // no records
        }
    }
}
