package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.RowReader;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.Workers;

/** Reads the first and the newest rows of runs. */
@ApplicationScoped
public class RunRows {
    private record Cached(RunSnapshot.Head head, int limit, List<Row> rows) {}

    private final Workers workers;
    private final Map<String, Cached> headOfRun = new ConcurrentHashMap<>();

    RunRows(Workers workers) {
        this.workers = workers;
    }

    /** Returns the first rows in the order of paths. Caches them, since they seldom change while a run grows. */
    public List<Row> head(List<RunSnapshot> runs, int limit) {
        List<Row> rows = new ArrayList<>();
        for (RunSnapshot run : runs) {
            rows.addAll(head(run, limit - rows.size()));
        }
        return rows;
    }

    private List<Row> head(RunSnapshot run, int limit) {
        Cached cached = headOfRun.get(run.name());
        if (cached == null || cached.limit() < limit || !cached.head().equals(run.head())) {
            cached = new Cached(run.head(), limit, read(run, limit));
            headOfRun.put(run.name(), cached);
        }
        return cached.rows().subList(0, Math.min(limit, cached.rows().size()));
    }

    private static List<Row> read(RunSnapshot run, int limit) {
        List<Row> rows = new ArrayList<>();
        for (String file : run.head().paths()) {
            if (rows.size() < limit) {
                rows.addAll(RowReader.first(run.folder().storage(), file, limit - rows.size()));
            }
        }
        return List.copyOf(rows);
    }

    /** Returns the rows with the latest ts from the batches committed last, newest first. */
    public List<Row> newest(List<RunSnapshot> runs, int limit) {
        List<Row> rows = new ArrayList<>();
        for (RunSnapshot run : runs) {
            Storage storage = run.folder().storage();
            workers.map(run.history().holding(limit), path -> RowReader.newest(storage, path, limit))
                    .forEach(rows::addAll);
        }
        rows.sort(Row.BY_TS.reversed());
        return rows.subList(0, Math.min(limit, rows.size()));
    }
}
