package pipeline.streaming.averages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.execution.streaming.MemoryStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.LocalSpark;
import scala.Option;
import scala.collection.JavaConverters;

class WindowAveragesTest {
    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void averagesEachIdInWindowsOfTenSeconds() throws Exception {
        try (Stream stream = new Stream()) {
            List<Row> averages = stream.process(
                    "1 2026-11-22T10:00:00Z 10",
                    "1 2026-11-22T10:00:09.999999Z 20",
                    "1 2026-11-22T10:00:10Z 70",
                    "2 2026-11-22T10:00:05Z 40");

            assertThat(averages)
                    .extracting(Row::toString)
                    .containsExactly(
                            "[2026-11-22 10:00:00.0,1,15.0]",
                            "[2026-11-22 10:00:00.0,2,40.0]",
                            "[2026-11-22 10:00:10.0,1,70.0]");
        }
    }

    @Test
    void countsALateEventInItsOwnWindow() throws Exception {
        try (Stream stream = new Stream()) {
            stream.process("1 2026-11-22T10:00:00Z 10", "1 2026-11-22T10:09:00Z 1");

            assertThat(stream.process("1 2026-11-22T10:00:01Z 30"))
                    .extracting(row -> row.getDouble(2))
                    .containsExactly(20.0);
        }
    }

    @Test
    void isNotSilencedByAnEventFromTheFuture() throws Exception {
        try (Stream stream = new Stream()) {
            stream.process("1 9999-01-01T00:00:00Z 10");

            assertThat(stream.process("1 2026-11-22T10:00:01Z 30"))
                    .extracting(row -> row.getDouble(2))
                    .containsExactly(30.0);
        }
    }

    @Test
    void printsALineForEachWindowAndAColumnForEachId() {
        assertThat(printed(List.of(average(10, 1, 7), average(0, 0, 49.876), average(0, 4, 100))))
                .isEqualToNormalizingNewlines(
                        """
                10-s averages (UTC)     id=0   id=1   id=2   id=3   id=4
                2026-11-22 10:00:00    49.88      -      -      - 100.00
                2026-11-22 10:00:10        -   7.00      -      -      -
                """);
    }

    @Test
    void printsTheNewestWindowsWhenThereAreMany() {
        List<Row> averages = new ArrayList<>();
        for (int window = 0; window < 30; window++) {
            averages.add(average(window * 10, 0, window));
        }

        assertThat(printed(averages))
                .hasLineCount(14)
                .contains(" 29.00")
                .doesNotContain(" 17.00")
                .contains("(and 18 earlier windows)");
    }

    @Test
    void printsNothingWhenNothingChanged() {
        assertThat(printed(List.of())).isEmpty();
    }

    private static Row average(int second, int id, double average) {
        return RowFactory.create(Timestamp.from(TEN.plusSeconds(second)), id, average);
    }

    private static String printed(List<Row> averages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new AveragesTable(SchemaFile.builtIn()).print(averages, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The averages of a stream that a test feeds batch by batch; an event is {@code "id ts value"}. */
    private static final class Stream implements AutoCloseable {
        private final MemoryStream<String> source =
                new MemoryStream<>(0, LocalSpark.session().sqlContext(), Option.empty(), Encoders.STRING());
        private final List<Row> changed = new ArrayList<>();
        private final StreamingQuery query;

        Stream() throws TimeoutException {
            Dataset<Row> events = source.toDS()
                    .selectExpr("split(value, ' ') AS field")
                    .selectExpr(
                            "CAST(field[0] AS int) AS id",
                            "CAST(field[1] AS timestamp) AS ts",
                            "CAST(field[2] AS double) AS value");
            query = WindowAverages.of(events, SchemaFile.builtIn().roles())
                    .writeStream()
                    .outputMode("update")
                    .foreachBatch((VoidFunction2<Dataset<Row>, Long>)
                            (averages, batchId) -> changed.addAll(averages.collectAsList()))
                    .start();
        }

        List<Row> process(String... events) {
            changed.clear();
            source.addData(JavaConverters.asScalaBuffer(List.of(events)));
            query.processAllAvailable();
            return changed.stream()
                    .sorted(Comparator.comparing((Row row) -> row.getTimestamp(0))
                            .thenComparing(row -> row.getInt(1)))
                    .toList();
        }

        @Override
        public void close() throws TimeoutException {
            query.stop();
        }
    }
}
