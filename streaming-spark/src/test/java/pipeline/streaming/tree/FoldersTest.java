package pipeline.streaming.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pipeline.streaming.KafkaRecords.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.LocalSpark;
import pipeline.streaming.decode.DecodedRecords;

/** Where the events of schemas with folders go. */
class FoldersTest {
    @TempDir
    private Path output;

    private List<LedgerFile> staged(String partition, List<String> events) throws IOException {
        EventSchema schema = SchemaFile.parse(
                "orders.schema.json",
                """
                {"type": "object",
                 "properties": {
                   "country": {"enum": ["DE", "FR", null]},
                   "city": {"type": "string"},
                   "at": {"type": "string", "format": "date-time"}},
                 "x-pipeline": {"partition": [%s]}}
                """
                        .formatted(partition)
                        .getBytes(UTF_8));
        DecodedRecords decoded = new DecodedRecords(LocalSpark.session(), schema);
        List<Row> records = new ArrayList<>();
        for (String event : events) {
            records.add(record(0, records.size(), event.getBytes(UTF_8)));
        }
        RunLayout layout = new RunLayout(new OutputTree(output), "1");
        layout.prepare();
        ParquetTree tree =
                new ParquetTree(layout, schema, null, new Publication(layout, Clock.systemUTC(), step -> {}));
        StagedFiles staged = (StagedFiles) tree.stage(3, decoded.events(LocalSpark.batch(records, decoded)));
        assertThat(staged.rows()).isEqualTo(events.size());
        return staged.files();
    }

    private List<String> folders(String partition, String... events) throws IOException {
        return staged(partition, List.of(events)).stream()
                .map(FoldersTest::folder)
                .toList();
    }

    private static String folder(LedgerFile file) {
        return file.path().replaceFirst("/?part-[^/]*$", "");
    }

    @Test
    void areNoneUnlessTheSchemaNamesSome() throws IOException {
        assertThat(staged("", List.of("{}", "{\"city\":\"Ulm\"}")))
                .extracting(LedgerFile::path)
                .containsExactly("part-0000000003-0.parquet");
        assertThat(staged("", List.of())).isEmpty();
    }

    @Test
    void haveTheNamesOfTheValuesOfEachLevel() throws IOException {
        assertThat(folders(
                        "\"country\", \"day(at)\"",
                        "{\"country\":\"DE\",\"at\":\"2026-11-22T23:30:00-01:00\"}",
                        "{\"country\":\"FR\",\"at\":\"2026-11-22T23:30:00Z\"}",
                        "{\"country\":\"DE\",\"at\":\"2026-11-23T23:30:00Z\"}",
                        "{}"))
                .containsExactlyInAnyOrder(
                        "country=DE/at_day=2026-11-23",
                        "country=FR/at_day=2026-11-22",
                        "country=__HIVE_DEFAULT_PARTITION__/at_day=__HIVE_DEFAULT_PARTITION__");
    }

    @Test
    void haveEscapedNamesAndNoLongOnes() throws IOException {
        assertThat(folders(
                        "\"key(city)\"",
                        "{\"city\":\"a/b=c\"}",
                        "{\"city\":\"" + "x".repeat(191) + "\"}",
                        "{\"city\":\"" + "x".repeat(192) + "\"}",
                        "{\"city\":\"" + "/".repeat(70) + "\"}",
                        "{\"city\":\"\"}"))
                .containsExactlyInAnyOrder(
                        "city_key=a%2Fb%3Dc",
                        "city_key=" + "x".repeat(191), "city_key=__other__", "city_key=__HIVE_DEFAULT_PARTITION__");
    }

    @Test
    void areAtMostAThousandOfUnlimitedNamesThenOneForTheRest() throws IOException {
        List<LedgerFile> files = staged(
                "\"country\", \"key(city)\"",
                IntStream.range(0, 1_500)
                        .mapToObj(i -> "{\"country\":\"DE\",\"city\":\"c" + i + "\"}")
                        .toList());

        assertThat(files).hasSize(1_001);
        assertThat(files).filteredOn(file -> file.rows() == 1).hasSize(1_000);
        assertThat(files)
                .filteredOn(file -> folder(file).equals("country=DE/city_key=__other__"))
                .extracting(LedgerFile::rows)
                .containsExactly(500L);
    }

    @Test
    void ofTasksTogetherAreLimitedToo() {
        FolderTree tree = new FolderTree(SchemaFile.parse(
                "orders.schema.json",
                """
                {"type": "object", "properties": {"city": {"type": "string"}}, "x-pipeline": {"partition": ["key(city)"]}}
                """
                        .getBytes(UTF_8)));
        Path root = Path.of("/staging/events");
        List<Path> files = IntStream.range(0, 1_500)
                .mapToObj(i -> root.resolve("city_key=c" + i).resolve("part.parquet"))
                .toList();

        assertThat(tree.published(root, files).values())
                .hasSize(1_500)
                .contains("city_key=c999/", "city_key=__other__/")
                .doesNotContain("city_key=c1000/");
    }
}
