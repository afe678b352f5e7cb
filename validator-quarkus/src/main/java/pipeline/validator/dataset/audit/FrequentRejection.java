package pipeline.validator.dataset.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.RejectedEvent;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** Finds out why most of the newest rejected events were rejected. */
@ApplicationScoped
public class FrequentRejection {
    private static final int RECORDS = 50;
    private static final int EVENTS = 1_000;

    /** @param ledger the ledger of the run when the event was found */
    private record Known(String run, Optional<LedgerSummary> ledger, Optional<RejectedEvent> event) {}

    private final RejectedFiles files;
    private volatile Known last = new Known("", Optional.empty(), Optional.empty());

    FrequentRejection(RejectedFiles files) {
        this.files = files;
    }

    /** Returns the newest event with the most frequent reason; nothing if the run has no rejected events. */
    public Optional<RejectedEvent> of(RunSnapshot run) {
        if (run.rejected() == 0) {
            return Optional.empty();
        }
        Known known = last;
        if (!known.run().equals(run.name())
                || !known.ledger().equals(run.commits().ledger())) {
            known = new Known(run.name(), run.commits().ledger(), find(run));
            last = known;
        }
        return known.event();
    }

    private Optional<RejectedEvent> find(RunSnapshot run) {
        List<RejectedEvent> newest = newest(run);
        Map<String, Long> counts =
                newest.stream().collect(Collectors.groupingBy(RejectedEvent::reason, Collectors.counting()));
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).flatMap(most -> newest.stream()
                .filter(event -> event.reason().equals(most.getKey()))
                .findFirst());
    }

    private List<RejectedEvent> newest(RunSnapshot run) {
        List<RejectedEvent> events = new ArrayList<>();
        int[] left = {RECORDS};
        run.commits().history().forEachRecord(record -> {
            for (LedgerFile file : record.rejectedFiles()) {
                if (events.size() < EVENTS) {
                    read(run.name() + "/" + file.path(), events);
                }
            }
            return --left[0] > 0 && events.size() < EVENTS;
        });
        return events;
    }

    /** Leaves out a file that cannot be read, since the check exactly-once reports it. */
    private void read(String path, List<RejectedEvent> events) {
        try {
            files.forEach(path, event -> {
                events.add(event);
                return events.size() < EVENTS;
            });
        } catch (UnreadableFileException e) {
            // The reasons in the other files are enough for a sample.
        }
    }
}
