package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.TimedValueReader;
import pipeline.validator.dataset.parquet.event.TimedEventReader;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/**
 * Counts and means over consecutive windows of time, as printed by the job. Each file is read once: the tallies of its
 * seconds are cached as long as there is room.
 */
@ApplicationScoped
public class Windows {
    /** Limits the cache to some tens of megabytes. */
    private static final int SECONDS_CACHED = 200_000;

    /** How many groups of events with a schema have windows: those with the most rows, as many as the page has charts. */
    static final int MOST_GROUPS = 12;

    /** How many seconds take about as much memory as the entry of a file without any. */
    private static final int SECONDS_OF_EMPTY_FILE = 2;

    /** @param mean over the finite values */
    public record Window(Instant start, long count, OptionalDouble mean) {}

    /** The windows of one id that have rows, in their order. */
    public record Series(Object id, List<Window> windows) {}

    /** Tallies by id and second. */
    private static final class Seconds {
        private final SortedMap<Object, SortedMap<Long, Tally>> byId = new TreeMap<>(Tallies.ORDER);

        Tally of(Object id, long second) {
            return byId.computeIfAbsent(id, first -> new TreeMap<>()).computeIfAbsent(second, first -> new Tally());
        }

        int size() {
            return SECONDS_OF_EMPTY_FILE
                    + byId.values().stream().mapToInt(Map::size).sum();
        }
    }

    /**
     * @param groups others are left out; nothing if none is
     * @param fromSecond earlier seconds are left out
     */
    private record FileSeconds(Storage.Stamp stamp, Optional<Set<Object>> groups, long fromSecond, Seconds seconds) {}

    private final Workers workers;
    private final Map<String, FileSeconds> cache = new LinkedHashMap<>(16, 0.75f, true);
    private int secondsCached;

    Windows(Workers workers) {
        this.workers = workers;
    }

    /**
     * Returns the windows up to the newest event, or up to now if events have a ts in the future.
     *
     * @param size whole seconds
     */
    public List<Series> of(DatasetSnapshot data, Duration size, Duration last) {
        OptionalLong newest = data.total().lastTs();
        if (newest.isEmpty()) {
            return List.of();
        }
        long now = data.asOf().getEpochSecond();
        long end = Math.min(now, second(newest.getAsLong()));
        long until = floor(end, size) + size.toSeconds();
        long from = floor(until - Math.max(last.toSeconds(), size.toSeconds()), size);
        Seconds windows = new Seconds();
        for (RunSnapshot run : data.reachableRuns()) {
            List<String> files = run.commits().history().since(Instant.ofEpochSecond(from));
            Optional<Set<Object>> groups = groups(run);
            workers.forEach(
                    files,
                    path -> seconds(run, path, groups, from),
                    file -> file.byId.forEach((id, seconds) -> seconds.subMap(from, until)
                            .forEach((second, tally) ->
                                    windows.of(id, floor(second, size)).add(tally))));
        }
        return series(windows);
    }

    private static long second(long micros) {
        return Math.floorDiv(micros, TimeUnit.SECONDS.toMicros(1));
    }

    private static long floor(long second, Duration size) {
        return Math.floorDiv(second, size.toSeconds()) * size.toSeconds();
    }

    private static List<Series> series(Seconds windows) {
        return windows.byId.entrySet().stream()
                .map(id -> new Series(
                        id.getKey(),
                        id.getValue().entrySet().stream().map(Windows::window).toList()))
                .toList();
    }

    private static Window window(Map.Entry<Long, Tally> second) {
        Tally tally = second.getValue();
        return new Window(Instant.ofEpochSecond(second.getKey()), tally.rows(), tally.mean());
    }

    private static Optional<Set<Object>> groups(RunSnapshot run) {
        return run.content().events().map(events -> run.content().tallies().largest(MOST_GROUPS).stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new))); // unlike others, it may have null
    }

    private Seconds seconds(RunSnapshot run, String path, Optional<Set<Object>> groups, long from) {
        Storage.Stamp stamp =
                run.folder().storage().find(path).map(Storage.Entry::stamp).orElse(null);
        synchronized (cache) {
            FileSeconds cached = cache.get(path);
            if (cached != null
                    && cached.stamp().equals(stamp)
                    && cached.groups().equals(groups)
                    && cached.fromSecond() <= from) {
                return cached.seconds();
            }
        }
        FileSeconds read = new FileSeconds(stamp, groups, from, read(run, path, groups, from));
        if (stamp != null) {
            keep(path, read);
        }
        return read.seconds();
    }

    /** An unreadable file has no rows here; the other answers name it. */
    private static Seconds read(RunSnapshot run, String path, Optional<Set<Object>> groups, long from) {
        Storage storage = run.folder().storage();
        Seconds seconds = new Seconds();
        TimedValueReader.Rows rows = (id, ts, value) -> {
            if (second(ts) >= from && (groups.isEmpty() || groups.get().contains(id))) {
                seconds.of(id, second(ts)).addValue(value);
            }
        };
        try {
            Optional<EventSchema> schema = run.schemaOf(path);
            if (schema.isPresent()) {
                TimedEventReader.read(storage, path, schema.get(), rows);
            } else {
                TimedValueReader.read(storage, path, rows);
            }
            return seconds;
        } catch (UnreadableFileException e) {
            return new Seconds();
        }
    }

    private void keep(String path, FileSeconds file) {
        synchronized (cache) {
            FileSeconds before = cache.put(path, file);
            secondsCached += file.seconds().size()
                    - (before == null ? 0 : before.seconds().size());
            var eldest = cache.entrySet().iterator();
            while (secondsCached > SECONDS_CACHED && eldest.hasNext()) {
                secondsCached -= eldest.next().getValue().seconds().size();
                eldest.remove();
            }
        }
    }
}
