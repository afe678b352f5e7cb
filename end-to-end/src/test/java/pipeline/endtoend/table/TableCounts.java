package pipeline.endtoend.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import pipeline.endtoend.faults.Observer;

/** Polls the tables with PyIceberg. It reports a count that falls, and an offset that is there twice. */
final class TableCounts implements Observer {
    private final TableReaders.Counter counter;
    private final Set<String> complaints = new LinkedHashSet<>();
    private long polls;
    private long answers;
    private long readings;
    private long rows;
    private long rejected;

    TableCounts(TableReaders.Counter counter) {
        this.counter = counter;
    }

    @Override
    public synchronized void poll() throws IOException {
        polls++;
        JsonNode counts = counter.count();
        if (counts.has("error")) {
            return;
        }
        answers++;
        rows = atLeast(rows, counts, "rows");
        rejected = atLeast(rejected, counts, "rejected");
        if (counts.has("twice")) {
            readings++;
            if (counts.get("twice").asLong() != 0 || counts.get("offsets").asLong() != rows + rejected) {
                complaints.add("offsets: " + counts);
            }
        }
    }

    private long atLeast(long before, JsonNode counts, String name) {
        long now = counts.get(name).asLong();
        if (now < before) {
            complaints.add(name + " fell from " + before + " to " + now);
        }
        return now;
    }

    @Override
    public synchronized Set<String> complaints() {
        return Set.copyOf(complaints);
    }

    @Override
    public synchronized String summary() {
        return "PyIceberg: " + polls + " polls, " + answers + " answers, " + readings + " readings of all offsets, "
                + rows + " rows, " + rejected + " rejected";
    }
}
