package pipeline.streaming.averages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.streaming.MemoryStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import pipeline.events.schema.Roles;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.LocalSpark;
import scala.Option;
import scala.collection.JavaConverters;

class WindowAveragesTest {
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
    void countsTheEventsOfEachTimeThatKafkaHasWhenTheSchemaNamesNoColumns() throws Exception {
        try (Stream stream = new Stream(Roles.NONE, "kafka_timestamp")) {
            assertThat(stream.process(
                            "1 2026-11-22T10:00:00Z 10", "2 2026-11-22T10:00:09Z 20", "3 2026-11-22T10:00:10Z 30", "4"))
                    .extracting(Row::toString)
                    .containsExactly("[2026-11-22 10:00:00.0,null,2.0]", "[2026-11-22 10:00:10.0,null,1.0]");
        }
    }

    @Test
    void averagesAColumnThatHasTheNameOfOneOfTheResult() throws Exception {
        Roles roles = new Roles("time", "group", "value", List.of());
        try (Stream stream = new Stream(roles, "group", "time")) {
            assertThat(stream.process("1 2026-11-22T10:00:00Z 10", "1 2026-11-22T10:00:01Z 20"))
                    .extracting(Row::toString)
                    .containsExactly("[2026-11-22 10:00:00.0,1,15.0]");
        }
    }

    /** The averages of a stream that a test feeds batch by batch; an event is {@code "id ts value"}. */
    private static final class Stream implements AutoCloseable {
        private final MemoryStream<String> source =
                new MemoryStream<>(0, LocalSpark.session().sqlContext(), Option.empty(), Encoders.STRING());
        private final List<Row> changed = new ArrayList<>();
        private final StreamingQuery query;

        Stream() throws TimeoutException {
            this(SchemaFile.builtIn().roles(), "ts");
        }

        Stream(Roles roles, String time) throws TimeoutException {
            this(roles, time, "id");
        }

        Stream(Roles roles, String time, String id) throws TimeoutException {
            Dataset<Row> events = source.toDS()
                    .selectExpr("split(value, ' ') AS field")
                    .selectExpr(
                            "CAST(field[0] AS int) AS " + id,
                            "CAST(field[1] AS timestamp) AS " + time,
                            "CAST(field[2] AS double) AS value");
            query = WindowAverages.of(events, roles)
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
                            .thenComparing(row -> String.valueOf(row.get(1))))
                    .toList();
        }

        @Override
        public void close() throws TimeoutException {
            query.stop();
        }
    }
}
