package pipeline.endtoend.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import pipeline.endtoend.system.SystemUnderTest;

/**
 * Polls {@code GET /aggregates}. It reports a count that falls, even across a restart of the validator, and a file that the
 * validator could not read.
 */
public final class AggregatesReader implements Observer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SystemUnderTest system;
    private final Set<String> complaints = new LinkedHashSet<>();
    private long polls;
    private long answers;
    private long totalRows;
    private long rejected;

    public AggregatesReader(SystemUnderTest system) {
        this.system = system;
    }

    @Override
    public synchronized void poll() throws IOException {
        polls++;
        Optional<String> answer = system.get("/aggregates");
        if (answer.isPresent()) {
            answers++;
            look(JSON.readTree(answer.get()));
        }
    }

    private void look(JsonNode answer) {
        if (!answer.has("totalRows")) {
            complaints.add("no aggregates: " + answer);
            return;
        }
        totalRows = atLeast(totalRows, answer, "totalRows");
        rejected = atLeast(rejected, answer, "rejected");
        if (!answer.at("/files/unreadable").isEmpty()) {
            complaints.add("unreadable: " + answer.at("/files/unreadable"));
        }
    }

    private long atLeast(long before, JsonNode answer, String field) {
        long now = answer.get(field).asLong();
        if (now < before) {
            complaints.add(field + " fell from " + before + " to " + now);
        }
        return now;
    }

    @Override
    public synchronized Set<String> complaints() {
        return Set.copyOf(complaints);
    }

    @Override
    public synchronized String summary() {
        return "/aggregates: " + polls + " polls, " + answers + " answers, " + totalRows + " rows, " + rejected
                + " rejected";
    }
}
