package pipeline.validator.dataset.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files that could not be read. They are tried again, but not at every request: none of them may ever be mended. */
final class Unreadable {
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private record Failure(String reason, Instant at) {}

    private final Map<String, Failure> failures = new TreeMap<>();
    private final Clock clock;

    Unreadable(Clock clock) {
        this.clock = clock;
    }

    void add(String path, String reason) {
        failures.put(path, new Failure(reason, clock.instant()));
    }

    void remove(String path) {
        failures.remove(path);
    }

    boolean contains(String path) {
        return failures.containsKey(path);
    }

    int size() {
        return failures.size();
    }

    /** Returns the files to try again now. */
    List<String> due() {
        Instant limit = clock.instant().minus(RETRY_AFTER);
        return failures.entrySet().stream()
                .filter(failure -> !failure.getValue().at().isAfter(limit))
                .map(Map.Entry::getKey)
                .toList();
    }

    List<RunSnapshot.UnreadableFile> files() {
        return failures.entrySet().stream()
                .map(failure -> new RunSnapshot.UnreadableFile(
                        failure.getKey(), failure.getValue().reason()))
                .toList();
    }
}
