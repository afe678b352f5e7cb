package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pipeline.validator.dataset.content.FolderId;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.RowReader;
import pipeline.validator.dataset.run.HeadFiles;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Reads the first rows in the order of paths. Keeps them, since they seldom change while a run grows. */
@ApplicationScoped
public class HeadReader {
    public static final int MAX_ROWS = HeadFiles.MAX_ROWS;

    private record Kept(RunSnapshot.Head head, int limit, List<Row> rows) {}

    private final Storage storage;
    private final Map<String, Kept> headOfRun = new ConcurrentHashMap<>();

    HeadReader(Storage storage) {
        this.storage = storage;
    }

    /** Returns the first rows of the runs, as many as there are, at most {@code limit}. */
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
        Kept kept = headOfRun.get(run.name());
        if (kept == null || kept.limit() < limit || !kept.head().equals(run.head())) {
            kept = new Kept(run.head(), limit, read(run.head().paths(), limit));
            headOfRun.put(run.name(), kept);
        }
        return kept.rows().subList(0, Math.min(limit, kept.rows().size()));
    }

    private List<Row> read(List<String> files, int limit) {
        List<Row> rows = new ArrayList<>();
        for (String file : files) {
            if (rows.size() < limit) {
                rows.addAll(read(file, limit - rows.size()));
            }
        }
        return List.copyOf(rows);
    }

    /** A file that has become unreadable since it was aggregated has no rows to show. */
    private List<Row> read(String file, int limit) {
        try {
            return RowReader.first(storage.open(file), FolderId.of(file), limit);
        } catch (UnreadableFileException | IOException e) {
            return List.of();
        }
    }
}
