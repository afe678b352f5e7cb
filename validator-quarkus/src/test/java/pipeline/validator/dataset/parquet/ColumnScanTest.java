package pipeline.validator.dataset.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.storage.LocalStorage;

/** What is read column by column is the same as what Parquet's own readers read row by row. */
class ColumnScanTest {
    @TempDir
    Path folder;

    private static <T> T any(Random random, List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private static PrimitiveType ts(Random random, Repetition repetition) {
        return switch (random.nextInt(4)) {
            case 0 -> Types.primitive(INT96, repetition).named("ts");
            case 1 ->
                Types.primitive(INT64, repetition)
                        .as(timestampType(true, TimeUnit.NANOS))
                        .named("ts");
            case 2 ->
                Types.primitive(INT64, repetition)
                        .as(timestampType(false, TimeUnit.MILLIS))
                        .named("ts");
            default ->
                Types.primitive(INT64, repetition)
                        .as(timestampType(true, TimeUnit.MICROS))
                        .named("ts");
        };
    }

    /** Writes a file whose rows, nulls, encodings, pages, row groups, codec and version depend on chance. */
    private Path write(Random random) {
        Repetition repetition = any(random, List.of(Repetition.REQUIRED, Repetition.OPTIONAL));
        MessageType schema = new MessageType(
                "m",
                Types.requiredGroup()
                        .required(DOUBLE)
                        .named("x")
                        .optional(INT64)
                        .named("y")
                        .named("nested"),
                ts(random, repetition),
                Types.primitive(DOUBLE, repetition).named("value"),
                Types.optional(BINARY).as(stringType()).named("source"));
        CompressionCodecName codec = any(random, TestFiles.CODECS);
        WriterVersion version = any(random, List.of(WriterVersion.values()));
        boolean hasDictionary = random.nextBoolean();
        boolean hasStatistics = random.nextBoolean();
        int distinct = any(random, List.of(1, 3, 300, Integer.MAX_VALUE));
        double nulls = repetition == Repetition.REQUIRED ? 0 : any(random, List.of(0d, 0.001, 0.5, 1d));
        int rows = any(random, List.of(1, 9, 1_000, 30_000));
        int pageBytes = any(random, List.of(100, 5_000, 1 << 20));
        long groupBytes = any(random, List.of(20_000L, 1L << 27));
        return TestFiles.write(
                folder.resolve("id=3/part.parquet"),
                schema,
                (ExampleParquetWriter.Builder writer) -> writer.withCompressionCodec(codec)
                        .withWriterVersion(version)
                        .withDictionaryEncoding(hasDictionary)
                        .withStatisticsEnabled(hasStatistics)
                        .withPageSize(pageBytes)
                        .withRowGroupSize(groupBytes),
                added -> {
                    for (int row = 0; row < rows; row++) {
                        added.add(fields -> fill(fields, schema, random, distinct, nulls));
                    }
                });
    }

    private static void fill(Group fields, MessageType schema, Random random, int distinct, double nulls) {
        fields.addGroup("nested").append("x", 7d);
        if (random.nextDouble() >= nulls) {
            double value = distinct == Integer.MAX_VALUE ? random.nextDouble() * 100 : random.nextInt(distinct) - 1;
            fields.append("value", value == 200 ? Double.NaN : value);
        }
        if (random.nextDouble() >= nulls) {
            long ts = distinct == Integer.MAX_VALUE ? random.nextLong() / 10_000 : random.nextInt(distinct);
            if (schema.getType("ts").asPrimitiveType().getPrimitiveTypeName() == INT96) {
                ByteBuffer int96 = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
                int96.putLong(Math.floorMod(ts, 86_400_000_000_000L))
                        .putInt(2_440_000 + (int) (ts & 0xFFF))
                        .flip();
                fields.append("ts", Binary.fromConstantByteBuffer(int96));
            } else {
                fields.append("ts", ts);
            }
        }
    }

    private static FileTotals rows(LocalStorage storage) throws IOException {
        try (SeekableByteChannel channel = storage.open("id=3/part.parquet")) {
            return RowScanner.scan(channel, channel.size(), "id=3/part.parquet");
        }
    }

    private static Optional<FileTotals> columns(LocalStorage storage) throws IOException {
        try (SeekableByteChannel channel = storage.open("id=3/part.parquet")) {
            return FileScanner.scanColumns(channel, channel.size(), 3);
        }
    }

    private static List<Object> all(FileTotals totals) {
        Tally tally = totals.tallies().byId().get(3);
        return List.of(
                totals.bytes(),
                totals.offsets(),
                totals.schemaProblems(),
                tally.rows(),
                tally.nulls(),
                tally.nans(),
                tally.outOfRange(),
                tally.mean(),
                tally.min(),
                tally.max(),
                tally.nullTs(),
                tally.firstTs(),
                tally.lastTs());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void readsTheSame(int seed) throws IOException {
        Random random = new Random(seed);
        LocalStorage storage = new LocalStorage(folder);
        int read = 0;
        for (int file = 0; file < 40; file++) {
            write(random);
            FileTotals expected = rows(storage);

            assertThat(all(FileScanner.scan(storage, "id=3/part.parquet"))).isEqualTo(all(expected));
            try {
                FileTotals totals = columns(storage).orElseThrow();
                assertThat(all(totals)).isEqualTo(all(expected));
                read++;
            } catch (IOException e) {
                // An encoding of version 2.
                assertThat(e).hasMessage("not for this reader");
            }
        }
        assertThat(read).as("files that are read column by column").isGreaterThan(25);
    }

    /** Damages only the column value, because the bounds of ts are read from the footer. */
    @Test
    void missesNoDamageThatParquetsOwnReadersNotice() throws IOException {
        Random random = new Random(1);
        LocalStorage storage = new LocalStorage(folder);
        Path file = TestFiles.writeValues(
                folder.resolve("id=3/part.parquet"), random.doubles(500, 0, 100).toArray());
        byte[] bytes = Files.readAllBytes(file);
        ColumnChunkMetaData value = chunk(file, "value");
        int noticed = 0;
        for (int change = 0; change < 1_500; change++) {
            byte[] damaged = bytes.clone();
            damaged[(int) value.getStartingPos() + random.nextInt((int) value.getTotalSize())] ^=
                    (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);

            Object columns =
                    result(() -> columns(storage).map(ColumnScanTest::all).orElse(null));
            Object rows = result(() -> all(rows(storage)));

            noticed += columns == null ? 1 : 0;
            assertThat(columns).isIn(Arrays.asList(null, rows));
        }
        assertThat(noticed).isPositive();
    }

    private static ColumnChunkMetaData chunk(Path file, String column) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getRowGroups().get(0).getColumns().stream()
                    .filter(chunk -> chunk.getPath().toDotString().equals(column))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private interface Reading {
        Object read() throws IOException;
    }

    /** Returns null for any failure. */
    private static Object result(Reading reading) {
        try {
            return reading.read();
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    @Test
    void refusesAFileThatIsCutOff() throws IOException {
        Path file = TestFiles.writeValues(folder.resolve("id=3/part.parquet"), 1, 2, 3);
        TestFiles.truncate(file);

        assertThatThrownBy(() -> columns(new LocalStorage(folder)))
                .isInstanceOfAny(IOException.class, RuntimeException.class);
    }
}
