package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.content.Newest;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.RowReader;
import pipeline.validator.dataset.parquet.event.EventRows;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/** Reads the first and the newest rows of runs. */
@ApplicationScoped
public class RunRows {
    /** Limits the cache to some megabytes. */
    private static final int ROWS_CACHED = 20_000;

    private record Cached(RunSnapshot.Head head, int limit, List<Row> rows) {}

    private final Workers workers;
    private final Map<String, Cached> headOfRun = new LinkedHashMap<>(16, 0.75f, true);

    RunRows(Workers workers) {
        this.workers = workers;
    }

    /** Returns the first rows in the order of paths. Caches them, since they seldom change while a run grows. */
    public List<Row> head(List<RunSnapshot> runs, int limit) {
        List<Row> rows = new ArrayList<>();
        for (RunSnapshot run : runs) {
            if (rows.size() < limit) {
                rows.addAll(head(run, limit - rows.size()));
            }
        }
        return rows;
    }

    private List<Row> head(RunSnapshot run, int limit) {
        Cached cached;
        synchronized (headOfRun) {
            cached = headOfRun.get(run.name());
        }
        if (cached == null
                || cached.limit() < limit
                || !cached.head().equals(run.content().head())) {
            cached = new Cached(run.content().head(), limit, read(run, limit));
            keep(run.name(), cached);
        }
        return cached.rows().subList(0, Math.min(limit, cached.rows().size()));
    }

    private void keep(String run, Cached read) {
        synchronized (headOfRun) {
            headOfRun.put(run, read);
            int rows = headOfRun.values().stream()
                    .mapToInt(cached -> cached.rows().size())
                    .sum();
            Iterator<Cached> eldest = headOfRun.values().iterator();
            while (rows > ROWS_CACHED) {
                rows -= eldest.next().rows().size();
                eldest.remove();
            }
        }
    }

    private static List<Row> read(RunSnapshot run, int limit) {
        List<Row> rows = new ArrayList<>();
        for (String file : run.content().head().paths()) {
            if (rows.size() < limit) {
                rows.addAll(first(run, file, limit - rows.size()));
            }
        }
        return List.copyOf(rows);
    }

    private static List<Row> first(RunSnapshot run, String file, int limit) {
        Storage storage = run.folder().storage();
        try {
            Optional<EventSchema> schema = run.schemaOf(file);
            return schema.isPresent()
                    ? EventRows.first(storage, file, schema.get(), limit)
                    : RowReader.first(storage, file, limit);
        } catch (UnreadableFileException e) {
            return List.of();
        }
    }

    /** Returns the rows with the latest ts from the batches committed last, newest first. */
    public List<Row> newest(List<RunSnapshot> runs, int limit) {
        Newest<Row> newest = new Newest<>(limit, Row.NEWEST_FIRST);
        for (RunSnapshot run : runs) {
            workers.run(run.commits().history().holding(limit), path -> addNewest(run, path, limit, newest));
        }
        return newest.newestFirst();
    }

    private static void addNewest(RunSnapshot run, String file, int limit, Newest<Row> newest) {
        Storage storage = run.folder().storage();
        try {
            Optional<EventSchema> schema = run.schemaOf(file);
            if (schema.isPresent()) {
                EventRows.addNewest(storage, file, schema.get(), limit, newest);
            } else {
                RowReader.addNewest(storage, file, newest);
            }
        } catch (UnreadableFileException e) {
            // The totals name the file.
        }
    }
}
