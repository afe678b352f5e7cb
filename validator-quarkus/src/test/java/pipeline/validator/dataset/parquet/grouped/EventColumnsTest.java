package pipeline.validator.dataset.parquet.grouped;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.grouped.EventColumns.Names;

class EventColumnsTest {
    private static final Names NAMES = new Names("group", "time", "value");
    private static final MessageType SCHEMA = Types.buildMessage()
            .optional(BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("group")
            .required(INT64)
            .named("number")
            .optional(BOOLEAN)
            .named("flag")
            .optional(INT64)
            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
            .named("time")
            .optional(DOUBLE)
            .named("value")
            .named("spark_schema");

    @TempDir
    Path folder;

    private final Tallies tallies = new Tallies();

    /** A null is left out. */
    private record Event(String group, long number, Boolean flag, Long time, Double value) {
        Event(String group, long number, Long time, Double value) {
            this(group, number, true, time, value);
        }
    }

    private static List<Event> events(int count, int groups) {
        Random random = new Random(1);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int group = random.nextInt(groups);
            double value = i % 1_000 == 7 ? Double.NaN : random.nextInt(200);
            events.add(new Event("gruppe-\u00e4" + group, group, random.nextLong() / 4, value));
        }
        return events;
    }

    private Path write(UnaryOperator<ExampleParquetWriter.Builder> format, List<Event> events) {
        return TestFiles.write(
                folder.resolve("part.parquet"),
                SCHEMA,
                format,
                rows -> events.forEach(event -> rows.add(group -> {
                    if (event.group() != null) {
                        group.add("group", event.group());
                    }
                    group.add("number", event.number());
                    if (event.flag() != null) {
                        group.add("flag", event.flag());
                    }
                    if (event.time() != null) {
                        group.add("time", event.time());
                    }
                    if (event.value() != null) {
                        group.add("value", event.value());
                    }
                })));
    }

    private Optional<EventColumns> scan(Path file, Names names) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return EventColumns.scan(channel, channel.size(), names, "all", tallies);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 3",
        "false, 3",
        "true, 2000",
        "false, 2000",
        "true, 15000",
    })
    void addsEachRowToItsGroup(boolean hasDictionary, int groups) throws IOException {
        List<Event> events = events(30_000, groups);
        Path file = write(
                writer -> writer.withDictionaryEncoding(hasDictionary)
                        .withPageSize(10_000)
                        .withRowGroupSize(400_000L),
                events);

        assertThat(scan(file, NAMES)).isPresent();

        Tallies expected = new Tallies();
        for (Event event : events) {
            expected.of(event.group()).addValue(event.value());
            expected.of(event.group()).addTs(event.time());
        }
        assertSame(expected);
    }

    private void assertSame(Tallies expected) {
        assertThat(tallies.byId().keySet())
                .containsExactlyElementsOf(expected.byId().keySet());
        expected.byId().forEach((group, tally) -> assertThat(tallies.byId().get(group))
                .usingRecursiveComparison()
                .ignoringFields("sum")
                .isEqualTo(tally));
        expected.byId()
                .forEach((group, tally) ->
                        assertThat(tallies.byId().get(group).mean()).isEqualTo(tally.mean()));
    }

    @ParameterizedTest
    @CsvSource({
        "true, PARQUET_1_0",
        "false, PARQUET_1_0",
        "true, PARQUET_2_0",
    })
    void nullIsAGroup(boolean hasDictionary, WriterVersion version) throws IOException {
        Random random = new Random(2);
        List<Event> events = new ArrayList<>();
        for (Event event : events(30_000, 50)) {
            boolean isNull = random.nextInt(3) == 0 || events.size() / 10_000 == 1;
            // With few different times, also those have a dictionary: this reader does not know another encoding of
            // version 2.
            events.add(new Event(isNull ? null : event.group(), 1, event.time() % 100, event.value()));
        }
        Path file = write(
                writer -> writer.withDictionaryEncoding(hasDictionary)
                        .withWriterVersion(version)
                        .withPageRowCountLimit(3_000)
                        .withRowGroupSize(400_000L),
                events);

        assertThat(scan(file, NAMES)).isPresent();

        Tallies expected = new Tallies();
        for (Event event : events) {
            expected.of(event.group()).addValue(event.value());
            expected.of(event.group()).addTs(event.time());
        }
        assertSame(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void groupsByBooleans(int kinds) throws IOException {
        Random random = new Random(3);
        List<Event> events = new ArrayList<>();
        for (Event event : events(10_001, 3)) {
            Boolean flag =
                    switch (random.nextInt(kinds)) {
                        case 0 -> true;
                        case 1 -> false;
                        default -> null;
                    };
            events.add(new Event(event.group(), 1, flag, event.time(), event.value()));
        }

        assertThat(scan(
                        write(writer -> writer.withPageRowCountLimit(1_003), events),
                        new Names("flag", "time", "value")))
                .isPresent();

        Tallies expected = new Tallies();
        for (Event event : events) {
            expected.of(event.flag()).addValue(event.value());
            expected.of(event.flag()).addTs(event.time());
        }
        assertSame(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "true, group",
        "false, group",
        "true, ",
        "false, ",
    })
    void addsWholeNumbers(boolean hasDictionary, String group) throws IOException {
        List<Event> events = new ArrayList<>(events(5_000, 300));
        events.add(new Event("a", Long.MIN_VALUE, 1L, 1d));
        events.add(new Event("a", Long.MAX_VALUE, 1L, 1d));
        Path file = write(writer -> writer.withDictionaryEncoding(hasDictionary).withPageSize(3_000), events);

        assertThat(scan(file, new Names(group, "time", "number"))).isPresent();

        Tallies expected = new Tallies();
        for (Event event : events) {
            Tally tally = expected.of(group == null ? "all" : event.group());
            tally.addValue((double) event.number());
            tally.addTs(event.time());
        }
        assertSame(expected);
    }

    @Test
    void groupsByWholeNumbersAndOnlyCounts() throws IOException {
        List<Event> events = events(5_000, 3);

        assertThat(scan(write(writer -> writer, events), new Names("number", "time", null)))
                .isPresent();

        Tallies expected = new Tallies();
        for (Event event : events) {
            expected.of(event.number()).addRows(1);
            expected.of(event.number()).addTs(event.time());
        }
        assertSame(expected);
    }

    /** Each row group has pages enough to have an index. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 5_000, 1_000_000})
    void findsTheFirstAndTheLastTimeOfEachGroupWithoutReadingAllPages(int disorder) throws IOException {
        Random random = new Random(disorder);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 130_000; i++) {
            long time = (long) i + random.nextInt(disorder + 1);
            // Some groups are only in a part of the file.
            events.add(new Event("g" + (random.nextInt(3) + i / 30_000), 1, time, 1d));
        }
        Path file = write(writer -> writer.withPageRowCountLimit(3_000).withRowGroupRowCountLimit(60_000), events);

        assertThat(scan(file, NAMES)).isPresent();

        Tallies expected = new Tallies();
        for (Event event : events) {
            expected.of(event.group()).addValue(event.value());
            expected.of(event.group()).addTs(event.time());
        }
        assertSame(expected);
    }

    /** Of a page that is damaged, the checksum is wrong. */
    @Test
    void readsNoPageOfTimesThatCannotHaveTheFirstOrTheLastOfAGroup() throws IOException {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            events.add(new Event("g" + i % 3, 1, (long) i, 1d));
        }
        Path file = write(writer -> writer.withPageRowCountLimit(3_000), events);
        OffsetIndex pages = pagesOf(file, "time");
        assertThat(pages.getPageCount()).isEqualTo(20);

        damage(file, pages.getOffset(10) + pages.getCompressedPageSize(10) - 1);
        assertThat(scan(file, NAMES)).isPresent();
        assertThat(tallies.byId().get("g2").lastTs()).hasValue(59_999);

        damage(file, pages.getOffset(19) + pages.getCompressedPageSize(19) - 1);
        assertThat(scan(file, NAMES)).isEmpty();
    }

    private static OffsetIndex pagesOf(Path file, String column) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.readOffsetIndex(reader.getRowGroups().get(0).getColumns().stream()
                    .filter(chunk -> chunk.getPath().toDotString().equals(column))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static void damage(Path file, long position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) position] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void hasOneGroupIfTheFileHasNone() throws IOException {
        List<Event> events = events(5_000, 3);

        assertThat(scan(write(writer -> writer, events), new Names(null, "time", "value")))
                .isPresent();

        Tallies expected = new Tallies();
        for (Event event : events) {
            expected.of("all").addValue(event.value());
            expected.of("all").addTs(event.time());
        }
        assertSame(expected);
    }

    @Test
    void countsTheRowsOfSomeGroups() throws IOException {
        Path file = write(
                writer -> writer,
                List.of(new Event("a", 1, 1L, 1d), new Event("b", 1, 1L, 1d), new Event("a", 1, 1L, 1d)));

        assertThat(scan(file, NAMES).orElseThrow().rowsOf("a"::equals)).isEqualTo(2);
        assertThat(scan(file, new Names(null, "time", "value")).orElseThrow().rowsOf("all"::equals))
                .isEqualTo(3);
    }

    @Test
    void leavesTooManyGroupsToAnotherReader() throws IOException {
        List<Event> events = new ArrayList<>();
        for (int group = 0; group < Tallies.MOST_GROUPS; group++) {
            events.add(new Event("g" + group, group, 1L, 1d));
        }
        assertThat(scan(write(writer -> writer, events), NAMES)).isPresent();

        events.add(new Event("other", 1, 1L, 1d));
        assertThat(scan(write(writer -> writer, events), NAMES)).isEmpty();
    }

    @Test
    void leavesOtherNullsAndTypesToAnotherReader() throws IOException {
        Event whole = new Event("a", 1, 1L, 1d);
        assertThat(scan(write(writer -> writer, List.of(whole, new Event("a", 1, null, 1d))), NAMES))
                .isEmpty();
        assertThat(scan(write(writer -> writer, List.of(whole, new Event("a", 1, 1L, null))), NAMES))
                .isEmpty();
        Path file = write(writer -> writer, List.of(whole));
        assertThat(scan(file, new Names("value", "time", "value"))).isEmpty();
        assertThat(scan(file, new Names("group", "number", "value"))).isEmpty();
        assertThat(scan(file, new Names("group", "time", "flag"))).isEmpty();
        assertThat(scan(file, new Names(null, "time", "flag"))).isEmpty();
        assertThat(scan(file, new Names("missing", "time", "value"))).isEmpty();
    }
}
