package pipeline.validator;

import static org.apache.parquet.hadoop.metadata.CompressionCodecName.GZIP;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.LZ4_RAW;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.SNAPPY;
import static org.apache.parquet.hadoop.metadata.CompressionCodecName.UNCOMPRESSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.TestEvents;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;

/** Local files are read without Hadoop's file system and configuration, on which a native image would fail. */
class LoadedClassesIT {
    /** Named in the signatures of Parquet's file reader and input format. */
    private static final Set<String> LINKED = Set.of(
            "org.apache.hadoop.fs.FileStatus",
            "org.apache.hadoop.fs.LocatedFileStatus",
            "org.apache.hadoop.fs.PathFilter");

    private static final Pattern LOADED = Pattern.compile("(org\\.apache\\.\\S+) source: ");

    @TempDir
    Path folder;

    @Test
    void loadsOnlyTheHadoopClassesThatParquetLinks() throws Exception {
        assumeThat(PackagedValidator.isNative())
                .as("a native binary has no list of loaded classes")
                .isFalse();
        new TestRun(folder, "1")
                .commit(0, 1, 2)
                .commit(0, new Random(1).doubles(50_000).toArray());
        Path listed = new TestRun(folder, "2").folder();
        for (CompressionCodecName codec : List.of(SNAPPY, GZIP, LZ4_RAW, UNCOMPRESSED)) {
            TestFiles.writeEvents(
                    listed.resolve("id=1/" + codec + ".parquet"),
                    writer -> writer.withCompressionCodec(codec),
                    0,
                    0,
                    1);
        }
        Path list = folder.resolve("classes");
        try (PackagedValidator validator = PackagedValidator.start(folder, "-Xlog:class+load:file=" + list)) {
            assertThat(validator.get("/aggregates?run=all")).contains("\"totalRows\":50006", "\"unreadable\":[]");
            for (String path : List.of("/validation?deep=true", "/windows", "/rows", "/batches")) {
                validator.get(path);
            }
            readsRunsWithSchemas(validator);
        }

        Set<String> loaded = Files.readString(list)
                .lines()
                .map(LOADED::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        assertThat(loaded)
                .contains("org.apache.parquet.hadoop.ParquetFileReader")
                .doesNotContain("org.apache.hadoop.conf.Configuration");
        assertThat(loaded)
                .filteredOn(name -> name.startsWith("org.apache.hadoop.fs."))
                .isSubsetOf(LINKED);
    }

    private void readsRunsWithSchemas(PackagedValidator validator) throws Exception {
        commitOrders("3", "\"day(at)\"");
        commitOrders("4", "\"country\", \"key(note)\"");
        commitOrders("5", "");
        for (String run : List.of("3", "4", "5")) {
            assertThat(validator.get("/aggregates?run=" + run + "&head=3"))
                    .contains(
                            "\"totalRows\":3",
                            "\"unreadable\":[]",
                            "\"groupedBy\":\"country\"",
                            "\"id\":\"DE\"",
                            "\"id\":\"FR\"",
                            "\"tags\":[\"a\",\"b\"]",
                            "\"items\":[{\"sku\":\"a\",\"added\":\"2026-11-21\"}]");
            assertThat(validator.get("/rows?run=" + run))
                    .contains("\"customer\":{\"id\":\"c\"}", "\"rescued\":\"{\\\"/other\\\":1}\"");
            assertThat(validator.get("/columns?run=" + run))
                    .contains("\"path\":\"tags[]\"", "\"path\":\"items[].added\"");
            assertThat(validator.get("/windows?run=" + run)).contains("\"id\":\"DE\"");
            assertThat(validator.get("/batches?run=" + run)).contains("\"rows\":3");
            assertThat(validator.get("/validation?run=" + run + "&deep=true")).contains("3 rows, 0 offsets missing");
        }
    }

    /** Values of each type, in columns and in names of folders. */
    private void commitOrders(String run, String partition) {
        String order =
                """
                {"country": "%s", "note": "n", "at": "2026-11-22T12:34:56Z", "amount": 1.5, "count": 2, "paid": true,
                 "due": "2026-11-23", "customer": {"id": "c"}, "items": [{"sku": "a", "added": "2026-11-21"}],
                 "tags": ["a", "b"], "other": 1}
                """;
        new TestRun(folder, run)
                .commitEvents(
                        TestEvents.schema(
                                """
                                {"type": "object",
                                 "properties": {
                                   "country": {"enum": ["DE", "FR"]},
                                   "note": {"type": "string"},
                                   "at": {"type": "string", "format": "date-time"},
                                   "amount": {"type": "number"},
                                   "count": {"type": "integer"},
                                   "paid": {"type": "boolean"},
                                   "due": {"type": "string", "format": "date"},
                                   "customer": {"type": "object", "properties": {"id": {"type": "string"}}},
                                   "items": {"type": "array", "items": {"type": "object", "properties": {
                                     "sku": {"type": "string"}, "added": {"type": "string", "format": "date"}}}},
                                   "tags": {"type": "array", "items": {"type": "string"}}
                                 },
                                 "required": ["country", "at", "amount"],
                                 "x-pipeline": {"group": "country", "time": "at", "value": "amount", "partition": [%s]}}
                                """
                                        .formatted(partition)),
                        order.formatted("DE"),
                        order.formatted("DE"),
                        order.formatted("FR"));
    }
}
