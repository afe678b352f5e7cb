package pipeline.validator.dataset.recent;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import pipeline.validator.dataset.content.CompensatedSum;
import pipeline.validator.dataset.content.FolderId;
import pipeline.validator.dataset.parquet.TimedValueReader;
import pipeline.validator.dataset.run.DatasetSnapshot;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.UnreadableFileException;
import pipeline.validator.dataset.storage.Workers;

/**
 * Counts and means over windows of time that follow one another, as the job prints them. Files are read once: their sums
 * of each second are kept as long as there is room.
 */
@ApplicationScoped
public class Windows {
    /** Bounds the memory of kept seconds to some tens of megabytes. */
    private static final int SECONDS_KEPT = 200_000;

    /**
     * One window.
     *
     * @param count rows in it
     * @param mean over the finite values
     */
    public record Window(Instant start, long count, OptionalDouble mean) {}

    /** The windows of one id that have rows, in their order. */
    public record Series(Integer id, List<Window> windows) {}

    private static final class Sums {
        private final CompensatedSum sum = new CompensatedSum();
        private long rows;
        private long finite;

        void add(double value) {
            rows++;
            if (Double.isFinite(value)) {
                finite++;
                sum.add(value);
            }
        }

        void add(Sums other) {
            rows += other.rows;
            finite += other.finite;
            sum.add(other.sum);
        }

        OptionalDouble mean() {
            return finite == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum.value() / finite);
        }
    }

    /** The sums of each second from one on, by id. */
    private record FileSeconds(Storage.Stamp stamp, long fromSecond, SortedMap<Integer, SortedMap<Long, Sums>> byId) {
        int size() {
            return byId.values().stream().mapToInt(Map::size).sum();
        }
    }

    private final Storage storage;
    private final RecentFiles recent;
    private final Workers workers;
    private final Map<String, FileSeconds> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int secondsKept;

    Windows(Storage storage, RecentFiles recent, Workers workers) {
        this.storage = storage;
        this.recent = recent;
        this.workers = workers;
    }

    /**
     * Returns the windows up to the newest event, or up to now if events are from the future.
     *
     * @param size whole seconds
     */
    public List<Series> of(DatasetSnapshot data, Duration size, Duration last) {
        OptionalLong newest = data.total().lastTs();
        if (newest.isEmpty()) {
            return List.of();
        }
        long now = data.asOf().getEpochSecond();
        long end = Math.min(now, Math.floorDiv(newest.getAsLong(), TimeUnit.SECONDS.toMicros(1)));
        long until = floor(end, size) + size.toSeconds();
        long from = floor(until - Math.max(last.toSeconds(), size.toSeconds()), size);
        SortedMap<Integer, SortedMap<Long, Sums>> windows = byId();
        for (RunSnapshot run : data.runs()) {
            List<String> files = recent.since(run, Instant.ofEpochSecond(from));
            workers.map(files, path -> seconds(path, from)).forEach(file -> add(file, from, until, size, windows));
        }
        return series(windows);
    }

    private static long floor(long second, Duration size) {
        return Math.floorDiv(second, size.toSeconds()) * size.toSeconds();
    }

    private static <V> SortedMap<Integer, V> byId() {
        return new TreeMap<>(Comparator.nullsLast(Comparator.naturalOrder()));
    }

    private static void add(
            FileSeconds file, long from, long until, Duration size, SortedMap<Integer, SortedMap<Long, Sums>> windows) {
        file.byId().forEach((id, seconds) -> seconds.subMap(from, until)
                .forEach((second, sums) -> windows.computeIfAbsent(id, first -> new TreeMap<>())
                        .computeIfAbsent(floor(second, size), first -> new Sums())
                        .add(sums)));
    }

    private static List<Series> series(SortedMap<Integer, SortedMap<Long, Sums>> windows) {
        List<Series> series = new ArrayList<>();
        windows.forEach((id, sums) -> series.add(new Series(
                id,
                sums.entrySet().stream()
                        .map(window -> new Window(
                                Instant.ofEpochSecond(window.getKey()),
                                window.getValue().rows,
                                window.getValue().mean()))
                        .toList())));
        return series;
    }

    private FileSeconds seconds(String path, long from) {
        Storage.Stamp stamp = storage.find(path).map(Storage.Entry::stamp).orElse(null);
        synchronized (kept) {
            FileSeconds known = kept.get(path);
            if (known != null && known.stamp().equals(stamp) && known.fromSecond() <= from) {
                return known;
            }
        }
        FileSeconds read = new FileSeconds(stamp, from, read(path, from));
        if (stamp != null) {
            keep(path, read);
        }
        return read;
    }

    /** A file that can't be read has no rows here; the other answers name it. */
    private SortedMap<Integer, SortedMap<Long, Sums>> read(String path, long from) {
        SortedMap<Integer, SortedMap<Long, Sums>> byId = byId();
        try {
            TimedValueReader.read(storage.open(path), FolderId.of(path), (id, ts, value) -> {
                long second = Math.floorDiv(ts, TimeUnit.SECONDS.toMicros(1));
                if (second >= from) {
                    byId.computeIfAbsent(id, first -> new TreeMap<>())
                            .computeIfAbsent(second, first -> new Sums())
                            .add(value);
                }
            });
            return byId;
        } catch (UnreadableFileException | IOException | IllegalArgumentException e) {
            return byId();
        }
    }

    private void keep(String path, FileSeconds seconds) {
        synchronized (kept) {
            FileSeconds before = kept.put(path, seconds);
            secondsKept += seconds.size() - (before == null ? 0 : before.size());
            var eldest = kept.entrySet().iterator();
            while (secondsKept > SECONDS_KEPT && eldest.hasNext()) {
                secondsKept -= eldest.next().getValue().size();
                eldest.remove();
            }
        }
    }
}
