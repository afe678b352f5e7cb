package pipeline.validator.dataset.parquet.event;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.content.Newest;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.Column;
import pipeline.validator.dataset.parquet.ParquetFile;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads whole events of one file, each with all its columns. An unreadable file has no rows here; the totals name it. */
public final class EventRows {
    private final ParquetFile file;
    private final EventJson json;
    private final Optional<Column> time;
    private final Optional<Column> partition;
    private final Optional<Column> offset;

    /** @param row what determines its place among others, without its columns */
    private record Candidate(Row row, long index) {}

    private static final Comparator<Candidate> NEWEST_FIRST = Comparator.comparing(Candidate::row, Row.NEWEST_FIRST);

    private EventRows(ParquetFile file, String path, EventSchema schema) throws UnreadableFileException {
        this.file = file;
        json = new EventJson(schema, FolderValues.of(path, schema));
        time = file.column(EventFields.time(schema), Column::isTimestamp);
        partition = file.column(OutputTree.KAFKA_PARTITION, Column::isWhole);
        offset = file.column(OutputTree.KAFKA_OFFSET, Column::isWhole);
    }

    private interface Reading {
        List<Row> read(EventRows rows) throws IOException;
    }

    /** Returns the file's first rows, in the file's order. */
    public static List<Row> first(Storage storage, String path, EventSchema schema, int limit) {
        return read(storage, path, schema, rows -> rows.first(limit));
    }

    /**
     * Adds the rows with the latest time, as many as fit.
     *
     * @param limit how many that are
     */
    public static void addNewest(Storage storage, String path, EventSchema schema, int limit, Newest<Row> newest) {
        read(storage, path, schema, rows -> rows.newest(limit)).forEach(newest::add);
    }

    private static List<Row> read(Storage storage, String path, EventSchema schema, Reading reading) {
        try {
            return ParquetFile.open(
                    storage,
                    path,
                    (channel, bytes) -> ParquetFile.readEvents(
                            channel, bytes, file -> reading.read(new EventRows(file, path, schema))));
        } catch (UnreadableFileException e) {
            return List.of();
        }
    }

    private List<Row> first(int limit) throws IOException {
        SortedMap<Long, Row> rows = new TreeMap<>();
        for (long index = 0; index < Math.min(limit, file.rows()); index++) {
            rows.put(index, Row.ofEvent(null, null, null, null));
        }
        return whole(rows);
    }

    private List<Row> newest(int limit) throws IOException {
        Newest<Candidate> newest = new Newest<>(limit, NEWEST_FIRST);
        long[] index = {0};
        List<Column> columns =
                Stream.of(time, partition, offset).flatMap(Optional::stream).toList();
        file.forEachRow(columns, file.rows(), () -> newest.add(new Candidate(place(), index[0]++)));
        SortedMap<Long, Row> rows = new TreeMap<>();
        newest.newestFirst().forEach(candidate -> rows.put(candidate.index(), candidate.row()));
        return whole(rows);
    }

    private Row place() {
        return Row.ofEvent(
                time.filter(Column::hasValue)
                        .map(column -> Instant.EPOCH.plus(column.micros(), ChronoUnit.MICROS))
                        .orElse(null),
                partition.map(column -> (int) column.whole()).orElse(null),
                offset.map(Column::whole).orElse(null),
                null);
    }

    /**
     * Returns rows with their columns, in the file's order.
     *
     * @param rows by their number in the file
     */
    private List<Row> whole(SortedMap<Long, Row> rows) throws IOException {
        List<Row> whole = new ArrayList<>();
        file.forEachRecord(rows.keySet(), (index, record) -> {
            Row row = rows.get(index);
            whole.add(Row.ofEvent(row.ts(), row.partition(), row.offset(), json.columns(record)));
        });
        return whole;
    }
}
