package pipeline.streaming.decode;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;
import static org.assertj.core.api.Assertions.assertThat;
import static pipeline.events.SampleEvents.anyEvent;
import static pipeline.events.SampleEvents.jsonWith;
import static pipeline.streaming.KafkaRecords.NOT_JSON;
import static pipeline.streaming.KafkaRecords.record;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import pipeline.events.Event;
import pipeline.events.EventCase;
import pipeline.events.EventCases;
import pipeline.events.EventJson;
import pipeline.streaming.LocalSpark;

class DecodedRecordsTest {

    @Test
    void keepsEveryFieldOfAValidEventAndWhereItCameFrom() {
        Dataset<Row> batch = LocalSpark.batch(List.of(record(2, 7, EventJson.encode(anyEvent()))));

        Row event = LocalSpark.decoded().events(batch).first();

        assertThat(event.schema().fieldNames())
                .containsExactly("ts", "value", "source", "kafka_partition", "kafka_offset", "id");
        assertThat(event.<Timestamp>getAs("ts").toInstant())
                .isEqualTo(anyEvent().ts());
        assertThat(event.<Double>getAs("value")).isEqualTo(anyEvent().value());
        assertThat(event.<String>getAs("source")).isEqualTo(anyEvent().source());
        assertThat(event.<Integer>getAs("id")).isEqualTo(anyEvent().id());
        assertThat(event.<Integer>getAs("kafka_partition")).isEqualTo(2);
        assertThat(event.<Long>getAs("kafka_offset")).isEqualTo(7);
    }

    @Test
    void hasAColumnForEachFieldOfTheEvent() {
        assertThat(LocalSpark.decoded().events(LocalSpark.batch(List.of())).columns())
                .contains(Stream.of(Event.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toArray(String[]::new));
    }

    @Test
    void keepsTimesBeforeTheGregorianCalendar() {
        byte[] early = jsonWith("ts", "\"0001-01-01T00:00:00.000001Z\"").getBytes(StandardCharsets.UTF_8);

        long micros = LocalSpark.decoded()
                .events(LocalSpark.batch(List.of(record(0, 0, early))))
                .selectExpr("unix_micros(ts)")
                .first()
                .getLong(0);

        assertThat(micros).isEqualTo(-62135596799999999L);
    }

    @Test
    void givesEachRecordToExactlyOneOfTheTwoOutputs() {
        Dataset<Row> batch = LocalSpark.batch(Arrays.asList(
                record(0, 0, EventJson.encode(anyEvent())),
                record(0, 1, NOT_JSON),
                record(0, 2, null),
                record(0, 3, EventJson.encode(anyEvent())),
                record(0, 4, jsonWith("id", "5").getBytes(StandardCharsets.UTF_8))));

        assertThat(LocalSpark.decoded().events(batch).select("kafka_offset").collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactlyInAnyOrder(0L, 3L);
        assertThat(DecodedRecords.rejected(batch).select("offset").collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactlyInAnyOrder(1L, 2L, 4L);
    }

    @Test
    void keepsEachOddEventOrRejectsItWithTheReason() {
        List<EventCase> cases = EventCases.all();
        Dataset<Row> batch = LocalSpark.batch(IntStream.range(0, cases.size())
                .mapToObj(offset -> record(0, offset, cases.get(offset).bytes()))
                .toList());

        Map<Long, Row> events = byOffset(
                LocalSpark.decoded().events(batch).withColumn("micros", unix_micros(col("ts"))), "kafka_offset");
        Map<Long, Row> rejected = byOffset(DecodedRecords.rejected(batch), "offset");

        assertThat(events.size() + rejected.size()).isEqualTo(cases.size());
        for (int offset = 0; offset < cases.size(); offset++) {
            EventCase odd = cases.get(offset);
            if (odd.expected() instanceof EventCase.Accepted accepted) {
                assertThat(event(events.get((long) offset))).as(odd.name()).isEqualTo(accepted.event());
            } else if (odd.expected() instanceof EventCase.Rejected reason) {
                String actual = rejected.get((long) offset).getAs("reason");
                assertThat(reason.matches(actual))
                        .as(odd.name() + ": " + actual)
                        .isTrue();
            }
        }
    }

    /** Fails when an offset occurs twice. */
    private static Map<Long, Row> byOffset(Dataset<Row> rows, String column) {
        return rows.collectAsList().stream().collect(Collectors.toMap(row -> row.<Long>getAs(column), row -> row));
    }

    private static Event event(Row row) {
        return new Event(
                row.<Integer>getAs("id"),
                Instant.EPOCH.plus(row.<Long>getAs("micros"), ChronoUnit.MICROS),
                row.<Double>getAs("value"),
                row.<String>getAs("source"));
    }

    @Test
    void keepsARejectedEventWithItsReasonKeyAndPayload() {
        Row rejected = DecodedRecords.rejected(LocalSpark.batch(List.of(record(2, 7, NOT_JSON))))
                .first();

        assertThat(rejected.json())
                .startsWith(
                        "{\"partition\":2,\"offset\":7,\"timestamp\":\"2026-11-22T12:34:57.000000Z\",\"timestampMillis\":null,"
                                + "\"reason\":\"not JSON: ")
                .contains("\"key\":\"1\"", "\"payload\":\"oops\"", "\"payloadBase64\":null");
    }

    @Test
    void keepsARejectedPayloadThatIsNotTextAsBase64() {
        byte[] bytes = {(byte) 0xFF, 1};

        Row rejected = DecodedRecords.rejected(LocalSpark.batch(List.of(record(0, 0, bytes, bytes))))
                .first();

        assertThat(rejected.<String>getAs("payload")).isNull();
        assertThat(rejected.<String>getAs("payloadBase64")).isEqualTo("/wE=");
        assertThat(rejected.<String>getAs("key")).isNull();
        assertThat(rejected.<String>getAs("keyBase64")).isEqualTo("/wE=");
        assertThat(rejected.<String>getAs("reason")).isEqualTo("not UTF-8");
    }

    @Test
    void keepsATombstoneWithoutAPayload() {
        Row rejected = DecodedRecords.rejected(LocalSpark.batch(List.of(record(0, 0, null, null))))
                .first();

        assertThat(rejected.<String>getAs("payload")).isNull();
        assertThat(rejected.<String>getAs("payloadBase64")).isNull();
        assertThat(rejected.<String>getAs("key")).isNull();
        assertThat(rejected.<String>getAs("reason")).startsWith("tombstone");
    }

    @Test
    void keepsTheTimeOfARejectedEventInMillisecondsWhenItIsNotInTheYears1To9999() {
        Row late = RowFactory.create(null, NOT_JSON, 0, 0L, 1_000_000_000_000_000L);
        Row early = RowFactory.create(null, NOT_JSON, 0, 1L, -100_000_000_000_000L);
        Row lastYear = RowFactory.create(null, NOT_JSON, 0, 2L, 253_402_300_799_999L);
        Row beforeTheGregorianCalendar = RowFactory.create(null, NOT_JSON, 0, 3L, -62_135_596_800_000L);

        Map<Long, Row> rejected = byOffset(
                DecodedRecords.rejected(LocalSpark.batch(List.of(late, early, lastYear, beforeTheGregorianCalendar))),
                "offset");

        assertThat(rejected.get(0L).<Long>getAs("timestampMillis")).isEqualTo(1_000_000_000_000_000L);
        assertThat(rejected.get(0L).<String>getAs("timestamp")).isNull();
        assertThat(rejected.get(1L).<Long>getAs("timestampMillis")).isEqualTo(-100_000_000_000_000L);
        assertThat(rejected.get(2L).<String>getAs("timestamp")).isEqualTo("9999-12-31T23:59:59.999000Z");
        assertThat(rejected.get(2L).<Long>getAs("timestampMillis")).isNull();
        assertThat(rejected.get(3L).<String>getAs("timestamp")).isEqualTo("0001-01-01T00:00:00.000000Z");
    }

    @Test
    void rejectsAValidEventWhoseRecordHasATimeOutOfRange() {
        byte[] valid = EventJson.encode(anyEvent());
        Dataset<Row> batch = LocalSpark.batch(List.of(
                RowFactory.create(null, valid, 0, 0L, -(1L << 62)),
                RowFactory.create(null, valid, 0, 1L, RecordDecoder.MAX_MILLIS + 1),
                RowFactory.create(null, valid, 0, 2L, RecordDecoder.MAX_MILLIS)));

        assertThat(LocalSpark.decoded().events(batch).select("kafka_offset").collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactly(2L);
        Map<Long, Row> rejected = byOffset(DecodedRecords.rejected(batch), "offset");
        assertThat(rejected.get(0L).<Long>getAs("timestampMillis")).isEqualTo(-(1L << 62));
        assertThat(rejected.get(1L).<Long>getAs("timestampMillis")).isEqualTo(RecordDecoder.MAX_MILLIS + 1);
    }
}
