package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.TimedValueReader;
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

    /** How many seconds take about as much memory as the entry of a file without any. */
    private static final int SECONDS_OF_EMPTY_FILE = 2;

    /** @param mean over the finite values */
    public record Window(Instant start, long count, OptionalDouble mean) {}

    /** The windows of one id that have rows, in their order. */
    public record Series(Integer id, List<Window> windows) {}

    /** Tallies by id and second. */
    private static final class Seconds {
        private final SortedMap<Integer, SortedMap<Long, Tally>> byId =
                new TreeMap<>(Comparator.nullsLast(Comparator.naturalOrder()));

        Tally of(Integer id, long second) {
            return byId.computeIfAbsent(id, first -> new TreeMap<>()).computeIfAbsent(second, first -> new Tally());
        }

        int size() {
            return SECONDS_OF_EMPTY_FILE
                    + byId.values().stream().mapToInt(Map::size).sum();
        }
    }

    /** @param fromSecond earlier seconds are left out */
    private record FileSeconds(Storage.Stamp stamp, long fromSecond, Seconds seconds) {}

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
            Storage storage = run.folder().storage();
            List<String> files = run.commits().history().since(Instant.ofEpochSecond(from));
            workers.forEach(
                    files,
                    path -> seconds(storage, path, from),
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

    private Seconds seconds(Storage storage, String path, long from) {
        Storage.Stamp stamp = storage.find(path).map(Storage.Entry::stamp).orElse(null);
        synchronized (cache) {
            FileSeconds cached = cache.get(path);
            if (cached != null && cached.stamp().equals(stamp) && cached.fromSecond() <= from) {
                return cached.seconds();
            }
        }
        FileSeconds read = new FileSeconds(stamp, from, read(storage, path, from));
        if (stamp != null) {
            keep(path, read);
        }
        return read.seconds();
    }

    /** An unreadable file has no rows here; the other answers name it. */
    private static Seconds read(Storage storage, String path, long from) {
        Seconds seconds = new Seconds();
        try {
            TimedValueReader.read(storage, path, (id, ts, value) -> {
                if (second(ts) >= from) {
                    seconds.of(id, second(ts)).addValue(value);
                }
            });
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
