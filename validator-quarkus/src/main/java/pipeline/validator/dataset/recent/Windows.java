package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** Of more groups nobody reads the charts. */
    public static final int MOST_GROUPS = 12;

    /** How many characters take about as much memory as the tally of a second. */
    private static final int CHARACTERS_OF_SECOND = 80;

    /** How many seconds take about as much memory as the entry of a file without any. */
    private static final int SECONDS_OF_EMPTY_FILE = 2;

    /** @param mean over the finite values */
    public record Window(Instant start, long count, OptionalDouble mean) {}

    /** The windows of one id or group that have rows, in their order. */
    public record Series(Object id, List<Window> windows) {}

    /** @param rest the windows of all others together, none if there are no others */
    public record Averages(List<Series> series, List<Window> rest) {}

    /** Tallies by id and second. */
    private static final class Seconds {
        private final SortedMap<Object, SortedMap<Long, Tally>> byId = new TreeMap<>(Tallies.ORDER);
        private final SortedMap<Long, Tally> rest = new TreeMap<>();

        Tally of(Object id, long second) {
            return byId.computeIfAbsent(id, first -> new TreeMap<>()).computeIfAbsent(second, first -> new Tally());
        }

        Tally ofRest(long second) {
            return rest.computeIfAbsent(second, first -> new Tally());
        }

        /** Adds up the seconds of each window. */
        void addTo(Seconds windows, long from, long until, Duration size) {
            byId.forEach((id, seconds) -> seconds.subMap(from, until)
                    .forEach((second, tally) ->
                            windows.of(id, floor(second, size)).add(tally)));
            rest.subMap(from, until).forEach((second, tally) -> windows.ofRest(floor(second, size))
                    .add(tally));
        }

        int size() {
            return SECONDS_OF_EMPTY_FILE
                    + rest.size()
                    + byId.values().stream().mapToInt(Map::size).sum();
        }
    }

    /** @param groups the others are the rest; nothing if there are no others */
    private record Key(String path, Optional<Set<Object>> groups) {
        /** Returns how many seconds take about as much memory: callers may name long groups. */
        int size() {
            return groups.stream()
                            .flatMap(Set::stream)
                            .mapToInt(group -> String.valueOf(group).length())
                            .sum()
                    / CHARACTERS_OF_SECOND;
        }
    }

    /** @param fromSecond earlier seconds are left out */
    private record FileSeconds(Storage.Stamp stamp, long fromSecond, Seconds seconds, int size) {}

    private final Workers workers;
    private final Map<Key, FileSeconds> cache = new LinkedHashMap<>(16, 0.75f, true);
    private int secondsCached;

    Windows(Workers workers) {
        this.workers = workers;
    }

    /**
     * Returns the windows up to the newest event, or up to now if events have a ts in the future.
     *
     * @param size whole seconds
     * @param named which groups, in this order, also without windows; otherwise all ids, and of the groups of events with a
     *     schema those with the most rows
     */
    public Averages of(DatasetSnapshot data, Duration size, Duration last, Optional<List<Object>> named) {
        OptionalLong newest = data.total().lastTs();
        if (newest.isEmpty()) {
            return new Averages(List.of(), List.of());
        }
        long now = data.asOf().getEpochSecond();
        long end = Math.min(now, second(newest.getAsLong()));
        long until = floor(end, size) + size.toSeconds();
        long from = floor(until - Math.max(last.toSeconds(), size.toSeconds()), size);
        Seconds windows = new Seconds();
        for (RunSnapshot run : data.reachableRuns()) {
            List<String> files = run.commits().history().since(Instant.ofEpochSecond(from));
            Optional<Set<Object>> groups = named.or(() -> largest(run)).map(Windows::set);
            workers.forEach(
                    files,
                    path -> seconds(run, new Key(path, groups), from),
                    file -> file.addTo(windows, from, until, size));
        }
        return new Averages(
                named.map(groups -> series(windows, groups)).orElseGet(() -> series(windows)), windows(windows.rest));
    }

    private static long second(long micros) {
        return Math.floorDiv(micros, TimeUnit.SECONDS.toMicros(1));
    }

    private static long floor(long second, Duration size) {
        return Math.floorDiv(second, size.toSeconds()) * size.toSeconds();
    }

    private static List<Series> series(Seconds windows) {
        return windows.byId.entrySet().stream()
                .map(id -> new Series(id.getKey(), windows(id.getValue())))
                .toList();
    }

    private static List<Series> series(Seconds windows, List<Object> groups) {
        return groups.stream()
                .map(id -> new Series(id, windows(windows.byId.getOrDefault(id, Collections.emptySortedMap()))))
                .toList();
    }

    private static List<Window> windows(SortedMap<Long, Tally> tallies) {
        return tallies.entrySet().stream().map(Windows::window).toList();
    }

    private static Window window(Map.Entry<Long, Tally> second) {
        Tally tally = second.getValue();
        return new Window(Instant.ofEpochSecond(second.getKey()), tally.rows(), tally.mean());
    }

    private static Optional<List<Object>> largest(RunSnapshot run) {
        return run.content().events().map(events -> run.content().tallies().largest(MOST_GROUPS).stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toList())); // unlike others, it may have null
    }

    private static Set<Object> set(List<Object> groups) {
        Set<Object> set = new TreeSet<>(Tallies.ORDER);
        set.addAll(groups);
        return set;
    }

    private Seconds seconds(RunSnapshot run, Key key, long from) {
        Storage.Stamp stamp = run.folder()
                .storage()
                .find(key.path())
                .map(Storage.Entry::stamp)
                .orElse(null);
        synchronized (cache) {
            FileSeconds cached = cache.get(key);
            if (cached != null && cached.stamp().equals(stamp) && cached.fromSecond() <= from) {
                return cached.seconds();
            }
        }
        Seconds read = read(run, key, from);
        if (stamp != null) {
            keep(key, new FileSeconds(stamp, from, read, read.size() + key.size()));
        }
        return read;
    }

    /** An unreadable file has no rows here; the other answers name it. */
    private static Seconds read(RunSnapshot run, Key key, long from) {
        Storage storage = run.folder().storage();
        Seconds seconds = new Seconds();
        TimedValueReader.Rows rows = (id, ts, value) -> {
            long second = second(ts);
            if (second >= from) {
                boolean isListed = key.groups().isEmpty() || key.groups().get().contains(id);
                (isListed ? seconds.of(id, second) : seconds.ofRest(second)).addValue(value);
            }
        };
        try {
            Optional<EventSchema> schema = run.schemaOf(key.path());
            if (schema.isPresent()) {
                TimedEventReader.read(storage, key.path(), schema.get(), rows);
            } else {
                TimedValueReader.read(storage, key.path(), rows);
            }
            return seconds;
        } catch (UnreadableFileException e) {
            return new Seconds();
        }
    }

    private void keep(Key key, FileSeconds file) {
        synchronized (cache) {
            FileSeconds before = cache.put(key, file);
            secondsCached += file.size() - (before == null ? 0 : before.size());
            var eldest = cache.entrySet().iterator();
            while (secondsCached > SECONDS_CACHED && eldest.hasNext()) {
                secondsCached -= eldest.next().getValue().size();
                eldest.remove();
            }
        }
    }
}
