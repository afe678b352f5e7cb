package pipeline.validator.dataset.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files that could not be read. They are retried, but not at every request, since some never become readable. */
public final class Unreadable {
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private record Failure(String reason, Instant at) {}

    private final Map<String, Failure> failures = new TreeMap<>();
    private final Clock clock;

    Unreadable(Clock clock) {
        this.clock = clock;
    }

    /** Adds or removes a file, and returns whether it could be read. */
    boolean note(Scanner.Scanned file) {
        if (file.isReadable()) {
            failures.remove(file.path());
        } else {
            failures.put(file.path(), new Failure(file.reason(), clock.instant()));
        }
        return file.isReadable();
    }

    void remove(String path) {
        failures.remove(path);
    }

    boolean contains(String path) {
        return failures.containsKey(path);
    }

    /** Returns the files to retry now. */
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
