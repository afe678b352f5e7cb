package pipeline.validator.dataset;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** Writes Parquet files like those of the job, and others. */
public final class TestFiles {
    public static final MessageType JOB_SCHEMA = Types.buildMessage()
            .optional(INT64)
            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
            .named("ts")
            .optional(DOUBLE)
            .named("value")
            .optional(BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("source")
            .optional(INT32)
            .named("kafka_partition")
            .optional(INT64)
            .named("kafka_offset")
            .named("spark_schema");

    /** The codecs that can be read. */
    public static final List<CompressionCodecName> CODECS = List.of(
            CompressionCodecName.ZSTD,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.LZ4_RAW,
            CompressionCodecName.UNCOMPRESSED);

    static final String SOURCE = "sim-producer";
    private static final Instant TS = Instant.parse("2026-11-22T12:34:56.123456Z");
    private static final UnaryOperator<ExampleParquetWriter.Builder> ZSTD =
            writer -> writer.withCompressionCodec(CompressionCodecName.ZSTD);

    private TestFiles() {}

    /** Adds rows to a file. */
    public interface Rows {
        void add(Consumer<Group> fields);
    }

    public static Path write(Path file, MessageType schema, Consumer<Rows> rows) {
        return write(file, schema, ZSTD, rows);
    }

    public static Path write(Path file, MessageType schema, CompressionCodecName codec, Consumer<Rows> rows) {
        return write(file, schema, writer -> writer.withCompressionCodec(codec), rows);
    }

    public static Path write(
            Path file, MessageType schema, UnaryOperator<ExampleParquetWriter.Builder> format, Consumer<Rows> rows) {
        try {
            Files.createDirectories(file.getParent());
            SimpleGroupFactory groups = new SimpleGroupFactory(schema);
            try (ParquetWriter<Group> writer = format.apply(ExampleParquetWriter.builder(new LocalOutputFile(file))
                            .withConf(new PlainParquetConfiguration())
                            .withType(schema)
                            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE))
                    .build()) {
                rows.accept(fields -> {
                    Group group = groups.newGroup();
                    fields.accept(group);
                    write(writer, group);
                });
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ParquetWriter<Group> writer, Group group) {
        try {
            writer.write(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of the job's schema with these values; row n is n microseconds after {@link #ts()}. */
    public static Path writeValues(Path file, double... values) {
        return writeEvents(file, 0, 0, values);
    }

    public static Path writeEvents(Path file, int partition, long firstOffset, double... values) {
        return writeEvents(file, ZSTD, TS, SOURCE, partition, firstOffset, values);
    }

    public static Path writeEvents(
            Path file, Instant firstTs, String source, int partition, long firstOffset, double... values) {
        return writeEvents(file, ZSTD, firstTs, source, partition, firstOffset, values);
    }

    public static Path writeEvents(
            Path file,
            UnaryOperator<ExampleParquetWriter.Builder> format,
            int partition,
            long firstOffset,
            double... values) {
        return writeEvents(file, format, TS, SOURCE, partition, firstOffset, values);
    }

    private static Path writeEvents(
            Path file,
            UnaryOperator<ExampleParquetWriter.Builder> format,
            Instant firstTs,
            String source,
            int partition,
            long firstOffset,
            double... values) {
        return write(file, JOB_SCHEMA, format, rows -> {
            for (int i = 0; i < values.length; i++) {
                int row = i;
                rows.add(fields -> {
                    fields.add("ts", micros(firstTs) + row);
                    fields.add("value", values[row]);
                    fields.add("source", source);
                    fields.add("kafka_partition", partition);
                    fields.add("kafka_offset", firstOffset + row);
                });
            }
        });
    }

    public static Instant ts() {
        return TS;
    }

    public static long micros(Instant ts) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, ts);
    }

    public static void writeText(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void truncate(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
