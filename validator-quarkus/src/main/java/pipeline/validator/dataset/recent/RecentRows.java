package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.RowReader;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.Workers;

/** Reads the newest rows: those with the latest ts from the batches committed last. */
@ApplicationScoped
public class RecentRows {
    private final Workers workers;

    RecentRows(Workers workers) {
        this.workers = workers;
    }

    /** Returns at most {@code limit} rows, newest first. */
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
