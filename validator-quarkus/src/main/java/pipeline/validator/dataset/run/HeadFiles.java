package pipeline.validator.dataset.run;

import java.util.List;
import java.util.TreeMap;

/** The first files in the order of their paths: as many as hold the first {@value #MAX_ROWS} rows. */
public final class HeadFiles {
    public static final int MAX_ROWS = 1000;

    private final TreeMap<String, Long> rowsOfFile = new TreeMap<>();
    private long rows;

    void add(String path, long fileRows) {
        if (fileRows == 0) {
            return;
        }
        rowsOfFile.put(path, fileRows);
        rows += fileRows;
        while (rows - rowsOfFile.lastEntry().getValue() >= MAX_ROWS) {
            rows -= rowsOfFile.pollLastEntry().getValue();
        }
    }

    RunSnapshot.Head head(Object version) {
        return new RunSnapshot.Head(List.copyOf(rowsOfFile.keySet()), version);
    }
}
