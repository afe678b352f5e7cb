package pipeline.endtoend.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import pipeline.endtoend.faults.BuiltInEvents;
import pipeline.endtoend.faults.KafkaEvents;
import pipeline.endtoend.faults.TopicComparison;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.RejectedLines;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.Event;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.OutputTables;
import pipeline.events.output.OutputTree;
import pipeline.events.output.TableRecord;

/** A run of built-in events in tables, as a reader sees them. */
final class TableOutput extends TopicComparison<Event> {
    private final String reader;
    private final TableRecord newest;
    /** The rows of gaps and of offsets without a record. */
    private final List<JsonNode> ranges;

    private TableOutput(
            String reader,
            TableRecord newest,
            List<KafkaEvents.Entry> kafka,
            List<ParquetRows.Row<Event>> rows,
            List<RejectedLines.Line> rejected,
            List<JsonNode> ranges) {
        super(kafka, rows, rejected);
        this.reader = reader;
        this.newest = newest;
        this.ranges = ranges;
    }

    static TableOutput read(SystemUnderTest system, TableReaders readers, String reader) throws IOException {
        List<ParquetRows.Row<Event>> rows = new ArrayList<>();
        List<RejectedLines.Line> rejected = new ArrayList<>();
        List<JsonNode> ranges = new ArrayList<>();
        for (JsonNode row : readers.rows(reader)) {
            String kind = row.path(OutputTables.KIND).asText("event");
            switch (kind) {
                case "event" -> rows.add(new ParquetRows.Row<>(partition(row), offset(row), event(row)));
                case OutputTables.REJECTED -> rejected.add(line(row));
                default -> ranges.add(row);
            }
        }
        return new TableOutput(
                reader,
                system.lastTableRecord().orElseThrow(),
                KafkaEvents.read(system.kafka()),
                rows,
                rejected,
                ranges);
    }

    private static int partition(JsonNode row) {
        return row.get(OutputTree.KAFKA_PARTITION).asInt();
    }

    private static long offset(JsonNode row) {
        return row.get(OutputTree.KAFKA_OFFSET).asLong();
    }

    private static Event event(JsonNode row) {
        return new Event(
                row.get("id").asInt(),
                Instant.EPOCH.plus(row.get("ts").asLong(), ChronoUnit.MICROS),
                row.get("value").asDouble(),
                row.get("source").asText());
    }

    private static RejectedLines.Line line(JsonNode row) {
        assertThat(row.get(OutputTables.KAFKA_UNTIL).asLong()).isEqualTo(offset(row) + 1);
        return new RejectedLines.Line(
                partition(row), offset(row), row.get(OutputTables.REASON).asText(), payload(row));
    }

    private static byte[] payload(JsonNode row) {
        if (row.has("payload_base64")) {
            return Base64.getDecoder().decode(row.get("payload_base64").asText());
        }
        return row.has("payload") ? row.get("payload").asText().getBytes(StandardCharsets.UTF_8) : null;
    }

    @Override
    protected Optional<String> reason(byte[] value) {
        return BuiltInEvents.reason(value);
    }

    @Override
    protected boolean isSame(Event event, KafkaEvents.Entry sent) {
        return BuiltInEvents.isSame(event, sent);
    }

    @Override
    public String summary() {
        return reader + ": " + super.summary() + ", " + (newest.commit().seq() + 1) + " batches"
                + (ranges.isEmpty() ? "" : ", " + newest.total().absent() + " offsets without a record");
    }

    @Override
    public void assertIsRight() throws IOException {
        super.assertIsRight();
        assertTablesAccountForEveryOffset();
        assertThat(newest.total())
                .isEqualTo(new TableRecord.Counts(
                        rows().size(), rejected().size(), offsets(OutputTables.GAP), offsets(OutputTables.ABSENT)));
    }

    /** Rows, rejected events, gaps and absent offsets are all offsets from the first one to the end, without overlap. */
    private void assertTablesAccountForEveryOffset() {
        List<String> accounted = kept();
        ranges.forEach(row -> addTo(accounted, partition(row), range(row)));
        List<String> expected = new ArrayList<>();
        newest.read()
                .until()
                .forEach((partition, until) -> addTo(
                        expected, partition, new OffsetRange(newest.first().get(partition), until)));
        assertThat(sorted(accounted)).as(reader).isEqualTo(sorted(expected));
    }

    private static OffsetRange range(JsonNode row) {
        return new OffsetRange(offset(row), row.get(OutputTables.KAFKA_UNTIL).asLong());
    }

    private long offsets(String kind) {
        return ranges.stream()
                .filter(row -> row.get(OutputTables.KIND).asText().equals(kind))
                .mapToLong(row -> range(row).length())
                .sum();
    }
}
