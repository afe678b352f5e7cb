package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.RowReader;
import pipeline.validator.dataset.run.HeadFiles;
import pipeline.validator.dataset.run.RunSnapshot;

/** Reads the first rows in the order of paths. Caches them, since they seldom change while a run grows. */
@ApplicationScoped
public class HeadReader {
    public static final int MAX_ROWS = HeadFiles.MAX_ROWS;

    private record Cached(RunSnapshot.Head head, int limit, List<Row> rows) {}

    private final Map<String, Cached> headOfRun = new ConcurrentHashMap<>();

    /** Returns the first rows of the runs, at most {@code limit}. */
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
}
