package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import pipeline.validator.dataset.content.FolderId;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.RowReader;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/** Reads the newest rows: of the batches committed last, those with the latest ts. */
@ApplicationScoped
public class RecentRows {
    private final Storage storage;
    private final RecentFiles recent;
    private final Workers workers;

    RecentRows(Storage storage, RecentFiles recent, Workers workers) {
        this.storage = storage;
        this.recent = recent;
        this.workers = workers;
    }

    /** Returns at most {@code limit} rows, newest first. */
    public List<Row> newest(List<RunSnapshot> runs, int limit) {
        List<Row> rows = new ArrayList<>();
        for (RunSnapshot run : runs) {
            workers.map(recent.holding(run, limit), path -> read(path, limit)).forEach(rows::addAll);
        }
        rows.sort(Row.BY_TS.reversed());
        return rows.subList(0, Math.min(limit, rows.size()));
    }

    /** A file that can't be read has no rows here; the other answers name it. */
    private List<Row> read(String path, int limit) {
        try {
            return RowReader.newest(storage.open(path), FolderId.of(path), limit);
        } catch (UnreadableFileException | IOException | IllegalArgumentException e) {
            return List.of();
        }
    }
}
