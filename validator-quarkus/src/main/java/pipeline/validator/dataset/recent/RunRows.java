package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pipeline.validator.dataset.content.Newest;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.RowReader;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
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
                rows.addAll(RowReader.first(run.folder().storage(), file, limit - rows.size()));
            }
        }
        return List.copyOf(rows);
    }

    /** Returns the rows with the latest ts from the batches committed last, newest first. */
    public List<Row> newest(List<RunSnapshot> runs, int limit) {
        Newest<Row> newest = new Newest<>(limit, Row.NEWEST_FIRST);
        for (RunSnapshot run : runs) {
            Storage storage = run.folder().storage();
            workers.run(run.commits().history().holding(limit), path -> RowReader.addNewest(storage, path, newest));
        }
        return newest.newestFirst();
    }
}
