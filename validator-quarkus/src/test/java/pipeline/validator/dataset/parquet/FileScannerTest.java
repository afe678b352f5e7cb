package pipeline.validator.dataset.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Random;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.content.FileTotals;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.UnreadableFileException;

class FileScannerTest {
    private static final String ID_3 = "id=3/";
    private static final String NO_ID = "";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("part.parquet");
    }

    /** Puts the file into the folder of an id first. */
    private FileTotals scan(String idFolder) throws IOException {
        Path scanned = folder.resolve(idFolder).resolve("scanned.parquet");
        Files.createDirectories(scanned.getParent());
        if (Files.exists(file)) {
            Files.copy(file, scanned, StandardCopyOption.REPLACE_EXISTING);
        }
        return FileScanner.scan(new LocalStorage(folder), idFolder + "scanned.parquet");
    }

    private Tally scanned() throws IOException {
        return scan(ID_3).tallies().byId().get(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "SNAPPY", "GZIP", "LZ4_RAW", "UNCOMPRESSED"})
    void readsEveryCodecThatWritersUse(CompressionCodecName codec) throws Exception {
        TestFiles.write(file, TestFiles.JOB_SCHEMA, codec, rows -> {
            for (int i = 0; i < 50_000; i++) {
                double value = i % 101;
                rows.add(fields -> fields.append("value", value));
            }
        });

        assertThat(scanned().rows()).isEqualTo(50_000);
        assertThat(scanned().max()).hasValue(100);
    }

    @Test
    void readsWhatTheJobWrites() throws Exception {
        TestFiles.writeValues(file, 1, 2, 6);

        FileTotals totals = scan(ID_3);

        assertThat(totals.rows()).isEqualTo(3);
        assertThat(totals.bytes()).isEqualTo(Files.size(file));
        assertThat(totals.schemaProblems()).isEmpty();
        assertThat(totals.offsets()).isTrue();
        Tally tally = totals.tallies().byId().get(3);
        assertThat(tally.mean()).hasValue(3);
        assertThat(tally.firstTs()).hasValue(TestFiles.micros(TestFiles.ts()));
        assertThat(tally.lastTs()).hasValue(TestFiles.micros(TestFiles.ts()) + 2);
        assertThat(tally.nullTs()).isZero();
    }

    /** Plain pages without nulls are read in a different way. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTheSameValuesHoweverTheyAreEncoded(boolean dictionary) throws Exception {
        double[] values = new Random(3).doubles(60_000, 0, 100).toArray();
        values[7] = Double.NaN;
        values[8] = 100.5;
        values[9] = Double.POSITIVE_INFINITY;
        TestFiles.write(file, TestFiles.JOB_SCHEMA, rows -> {
            for (double value : values) {
                double written = dictionary ? Math.rint(value) : value;
                rows.add(fields -> fields.append("value", written));
            }
        });
        Tally expected = new Tally();
        for (double value : values) {
            expected.addValue(dictionary ? Math.rint(value) : value);
        }

        Tally tally = scanned();

        assertThat(tally.rows()).isEqualTo(60_000);
        assertThat(tally.mean()).isEqualTo(expected.mean());
        assertThat(tally.min()).isEqualTo(expected.min());
        assertThat(tally.max()).isEqualTo(expected.max());
        assertThat(tally.outOfRange()).isEqualTo(expected.outOfRange());
        assertThat(tally.nans()).isEqualTo(1);
        assertThat(tally.infinities()).isEqualTo(1);
    }

    @Test
    void countsNullsAndNonFiniteValues() throws Exception {
        TestFiles.write(file, TestFiles.JOB_SCHEMA, rows -> {
            rows.add(fields -> fields.append("value", 1d));
            rows.add(fields -> fields.append("value", Double.NaN));
            rows.add(fields -> fields.append("value", Double.NEGATIVE_INFINITY));
            rows.add(fields -> fields.append("source", "no value"));
        });

        Tally tally = scanned();

        assertThat(tally.rows()).isEqualTo(4);
        assertThat(tally.nans()).isEqualTo(1);
        assertThat(tally.infinities()).isEqualTo(1);
        assertThat(tally.nulls()).isEqualTo(1);
        assertThat(tally.mean()).hasValue(1);
        assertThat(tally.nullTs()).isEqualTo(4);
        assertThat(tally.firstTs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "INT32", "INT64"})
    void readsNumbersOfOtherTypesAndReportsThem(PrimitiveTypeName type) throws Exception {
        MessageType schema = Types.buildMessage().required(type).named("value").named("m");
        TestFiles.write(
                file,
                schema,
                rows -> rows.add(fields -> {
                    switch (type) {
                        case FLOAT -> fields.append("value", 7f);
                        case INT32 -> fields.append("value", 7);
                        default -> fields.append("value", 7L);
                    }
                }));

        FileTotals totals = scan(ID_3);

        assertThat(totals.tallies().total().mean()).hasValue(7);
        assertThat(totals.offsets()).isFalse();
        assertThat(totals.schemaProblems())
                .anySatisfy(problem -> assertThat(problem).startsWith("value is not a double"))
                .contains("ts is missing", "source is missing");
    }

    @ParameterizedTest
    @EnumSource
    void readsTimestampsOfEveryUnit(TimeUnit unit) throws Exception {
        long value =
                switch (unit) {
                    case MILLIS -> -1;
                    case MICROS -> -1_000;
                    case NANOS -> -999_999;
                };
        MessageType schema = Types.buildMessage()
                .required(DOUBLE)
                .named("value")
                .optional(INT64)
                .as(timestampType(true, unit))
                .named("ts")
                .named("m");
        TestFiles.write(
                file,
                schema,
                rows -> rows.add(fields -> fields.append("value", 1d).append("ts", value)));

        assertThat(scanned().firstTs()).hasValue(-1_000);
    }

    @Test
    void readsTheTimestampsOfOldSparkVersions() throws Exception {
        MessageType schema = Types.buildMessage()
                .required(DOUBLE)
                .named("value")
                .optional(INT96)
                .named("ts")
                .named("m");
        ByteBuffer int96 = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        int96.putLong(1_500).putInt(2_440_589).flip();
        TestFiles.write(file, schema, rows -> {
            rows.add(fields -> fields.append("value", 1d).append("ts", Binary.fromConstantByteBuffer(int96)));
            rows.add(fields -> fields.append("value", 1d));
        });

        assertThat(scanned().firstTs()).hasValue(TestFiles.micros(Instant.parse("1970-01-02T00:00:00Z")) + 1);
        assertThat(scanned().nullTs()).isEqualTo(1);
    }

    @Test
    void readsTimestampsOf96BitsThatAreTooLateForALongOfNanoseconds() throws Exception {
        MessageType schema = Types.buildMessage()
                .required(DOUBLE)
                .named("value")
                .optional(INT96)
                .named("ts")
                .optional(BINARY)
                .as(stringType())
                .named("source")
                .named("m");
        ByteBuffer int96 = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        int96.putLong(2_999).putInt(5_373_484).flip();
        TestFiles.write(
                file,
                schema,
                rows -> rows.add(fields -> fields.append("value", 1d)
                        .append("ts", Binary.fromConstantByteBuffer(int96))
                        .append("source", "a")));

        assertThat(scanned().lastTs())
                .hasValue(Instant.parse("9999-12-31T00:00:00Z").getEpochSecond() * 1_000_000 + 2);
    }

    @Test
    void readsTheIdFromItsColumnIfNoFolderNamesIt() throws Exception {
        MessageType schema = Types.buildMessage()
                .required(DOUBLE)
                .named("value")
                .optional(INT64)
                .named("id")
                .optional(INT64)
                .as(timestampType(true, TimeUnit.MICROS))
                .named("ts")
                .named("m");
        TestFiles.write(file, schema, rows -> {
            rows.add(fields -> fields.append("value", 1d).append("id", 1L).append("ts", 10L));
            rows.add(fields -> fields.append("value", 2d).append("id", 2L).append("ts", 20L));
            rows.add(fields -> fields.append("value", 3d).append("id", 1L));
            rows.add(fields -> fields.append("value", 4d));
        });

        var byId = scan(NO_ID).tallies().byId();

        assertThat(byId.get(1).mean()).hasValue(2);
        assertThat(byId.get(1).firstTs()).hasValue(10);
        assertThat(byId.get(1).nullTs()).isEqualTo(1);
        assertThat(byId.get(2).mean()).hasValue(2);
        assertThat(byId.get(2).lastTs()).hasValue(20);
        assertThat(byId.get(null).mean()).hasValue(4);
    }

    @Test
    void readsAFileWithoutRows() throws Exception {
        TestFiles.writeValues(file);

        assertThat(scanned().rows()).isZero();
        assertThat(scanned().mean()).isEmpty();
    }

    @Test
    void refusesAFileWithoutValue() {
        TestFiles.write(
                file,
                Types.buildMessage().required(DOUBLE).named("valve").named("m"),
                rows -> rows.add(fields -> fields.append("valve", 1d)));

        assertThatThrownBy(() -> scan(ID_3))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("it has no column value");
    }

    @Test
    void refusesAValueThatIsNotANumber() {
        TestFiles.write(
                file,
                Types.buildMessage().required(BINARY).named("value").named("m"),
                rows -> rows.add(fields -> fields.append("value", "1")));

        assertThatThrownBy(() -> scan(ID_3))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("not a number");
    }

    @Test
    void refusesANestedValue() {
        TestFiles.write(
                file,
                Types.buildMessage()
                        .requiredGroup()
                        .required(FLOAT)
                        .named("x")
                        .named("value")
                        .named("m"),
                rows -> rows.add(fields -> fields.addGroup("value").append("x", 1f)));

        assertThatThrownBy(() -> scan(ID_3)).hasMessage("it has no column value");
    }

    @Test
    void refusesAFileWithoutAnyId() {
        TestFiles.writeValues(file, 1);

        assertThatThrownBy(() -> scan(NO_ID))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("neither a folder id=… nor a column");
    }

    @Test
    void refusesATruncatedFile() {
        TestFiles.writeValues(file, 1, 2, 3);
        TestFiles.truncate(file);

        assertThatThrownBy(() -> scan(ID_3))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("it is not a Parquet file, or an incomplete one");
    }

    @Test
    void refusesText() {
        TestFiles.writeText(file, "This is no Parquet file, whatever its name says.");

        assertThatThrownBy(() -> scan(ID_3)).hasMessage("it is not a Parquet file, or an incomplete one");
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> scan(ID_3))
                .isInstanceOf(IOException.class)
                .hasMessage("it can't be opened: it does not exist");
    }

    @Test
    void noticesAFlippedBitInAValue() throws IOException {
        TestFiles.write(
                file,
                Types.buildMessage().required(DOUBLE).named("value").named("m"),
                CompressionCodecName.UNCOMPRESSED,
                rows -> {
                    for (int i = 0; i < 1000; i++) {
                        double value = i / 7d;
                        rows.add(fields -> fields.append("value", value));
                    }
                });
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(4_000);
            int old = bytes.read();
            bytes.seek(4_000);
            bytes.write(old ^ 1);
        }

        assertThatThrownBy(() -> scan(ID_3)).isInstanceOf(UnreadableFileException.class);
    }
}
