package pipeline.streaming.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Row;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.OutputTables;
import pipeline.events.output.OutputTree;
import pipeline.events.output.TableRecord;
import pipeline.events.output.TableRecordJson;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.FakeLog;
import pipeline.streaming.KafkaRecords;
import pipeline.streaming.LocalSpark;
import pipeline.streaming.decode.DecodedRecords;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.publish.BatchPublisher;
import pipeline.streaming.publish.PublicationStep;
import pipeline.streaming.publish.PublisherMetrics;
import pipeline.streaming.publish.ResumePoint;

/** A catalog in SQLite with the tables of run 1 in a folder, jobs that write them, and Iceberg's own reader. */
final class Lake {
    static final TopicIdentity TOPIC = new TopicIdentity("cluster", "events", "topic-id");
    static final String NAMESPACE = "pipeline";

    final Path config;
    private final Path folder;

    SourceTopic.Snapshot topic = FakeLog.snapshot(TOPIC, Map.of(0, 0L, 1, 0L), Map.of(0, 1000L, 1, 1000L));
    FakeLog log = new FakeLog(topic);
    OnDataLoss onDataLoss = OnDataLoss.STOP;

    Lake(Path folder) {
        this.folder = folder;
        this.config = folder.resolve("catalog.properties");
        write("type=jdbc\nuri=jdbc:sqlite:" + folder.resolve("catalog.db") + "\nwarehouse=" + folder.resolve("lake"));
    }

    void write(String properties) {
        try {
            Files.writeString(config, properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the tables as a job on another machine would. */
    IcebergTable open(EventSchema schema, PublicationStep.Listener steps) throws IOException {
        return open(schema, folder.resolve("checkpoints-" + UUID.randomUUID()), steps);
    }

    IcebergTable open(EventSchema schema, Path checkpoints, PublicationStep.Listener steps) throws IOException {
        return IcebergTable.open(config, NAMESPACE, "1", schema, checkpoints, steps);
    }

    /** A job that has started. */
    record Job(IcebergTable sink, BatchPublisher publisher, DecodedRecords decoded) implements AutoCloseable {
        void publish(List<Row> records) throws IOException {
            Map<Integer, Long> until = LocalSpark.untilOf(records);
            publisher.next().readFrom().forEach(until::putIfAbsent);
            publish(records, until);
        }

        void publish(List<Row> records, Map<Integer, Long> until) throws IOException {
            publisher.publish(LocalSpark.batch(records, decoded), until);
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }

    Job start() throws IOException {
        return start(step -> {});
    }

    Job start(PublicationStep.Listener steps) throws IOException {
        return start(SchemaFile.builtIn(), steps);
    }

    Job start(EventSchema schema, PublicationStep.Listener steps) throws IOException {
        return start(open(schema, steps), schema, steps);
    }

    Job start(IcebergTable sink, EventSchema schema, PublicationStep.Listener steps) throws IOException {
        DecodedRecords decoded =
                schema.isBuiltIn() ? LocalSpark.decoded() : new DecodedRecords(LocalSpark.session(), schema);
        ResumePoint start;
        try {
            start = ResumePoint.of(sink.recover(), topic, onDataLoss);
        } catch (RuntimeException e) {
            sink.close();
            throw e;
        }
        BatchPublisher publisher =
                new BatchPublisher(sink, log, decoded, steps, new PublisherMetrics(), start, topic.leadership());
        return new Job(sink, publisher, decoded);
    }

    Catalog catalog() {
        return CatalogUtil.buildIcebergCatalog(
                IcebergCatalog.NAME, CatalogFile.read(config).properties(), new Configuration());
    }

    Table events() {
        return catalog().loadTable(TableIdentifier.of(NAMESPACE, OutputTables.events("1")));
    }

    Table rejected() {
        return catalog().loadTable(TableIdentifier.of(NAMESPACE, OutputTables.rejected("1")));
    }

    static List<Record> rows(Table table) throws IOException {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
            read.forEach(rows::add);
        }
        return rows;
    }

    /** Returns {@code partition/offset} of each row of both tables, sorted, and twice what is there twice. */
    List<String> offsets() throws IOException {
        List<String> offsets = new ArrayList<>();
        for (Table table : List.of(events(), rejected())) {
            for (Record row : rows(table)) {
                long until = row.struct().field(OutputTables.KAFKA_UNTIL) == null
                        ? (long) row.getField(OutputTree.KAFKA_OFFSET) + 1
                        : (long) row.getField(OutputTables.KAFKA_UNTIL);
                for (long offset = (long) row.getField(OutputTree.KAFKA_OFFSET); offset < until; offset++) {
                    offsets.add(row.getField(OutputTree.KAFKA_PARTITION) + "/" + offset);
                }
            }
        }
        return offsets.stream().sorted().toList();
    }

    Optional<TableRecord> record() throws LedgerFormatException {
        String text = events().properties().get(OutputTables.RECORD);
        return text == null ? Optional.empty() : Optional.of(TableRecordJson.decode(text));
    }

    /** Returns ten records, the last of which is not a valid event. */
    static List<Row> withRejected(long from) {
        List<Row> records = new ArrayList<>(KafkaRecords.events(0, from, from + 9));
        records.add(KafkaRecords.record(0, from + 9, KafkaRecords.NOT_JSON));
        return records;
    }

    static List<String> offsets(long until) {
        return offsets(0, until);
    }

    static List<String> offsets(long from, long until) {
        return LongStream.range(from, until)
                .mapToObj(offset -> "0/" + offset)
                .sorted()
                .toList();
    }
}
