package pipeline.validator.dataset.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Opens Parquet files without Hadoop's file system and configuration, and finds their flat columns. */
final class ParquetFiles {
    private static final ParquetReadOptions OPTIONS = ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new PortableCodecs())
            .usePageChecksumVerification()
            .build();

    private ParquetFiles() {}

    interface Reading<T> {
        T read(ParquetFileReader reader) throws IOException, UnreadableFileException;
    }

    /** Reads one file and closes it; whatever goes wrong is the file's fault. */
    static <T> T read(SeekableByteChannel file, Reading<T> reading) throws UnreadableFileException {
        try (file;
                ParquetFileReader reader = ParquetFileReader.open(new ChannelInputFile(file), OPTIONS)) {
            return reading.read(reader);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException(reason(e), e);
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (message.contains("not a Parquet file")) {
            return "it is not a Parquet file, or not a whole one";
        }
        return message.lines().findFirst().orElse(message);
    }

    /** Returns a column of the top level that has one value, or null, a row. */
    static Optional<ColumnDescriptor> column(ParquetFileReader reader, String name) {
        MessageType schema = reader.getFileMetaData().getSchema();
        if (!schema.containsField(name)) {
            return Optional.empty();
        }
        Type type = schema.getType(name);
        return type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED)
                ? Optional.of(schema.getColumnDescription(new String[] {name}))
                : Optional.empty();
    }

    /** Makes the reader read these columns only. */
    static void request(ParquetFileReader reader, List<ColumnDescriptor> columns) {
        reader.setRequestedSchema(columns);
    }

    /** Returns the columns of one row group, each to be read from its first row on. */
    static ColumnReadStore columns(ParquetFileReader reader, PageReadStore pages) {
        FileMetaData file = reader.getFileMetaData();
        return new ColumnReadStoreImpl(pages, new NoRecords(), file.getSchema(), file.getCreatedBy());
    }

    /** Parquet's column readers want to know where records go; here values are asked for one by one. */
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
