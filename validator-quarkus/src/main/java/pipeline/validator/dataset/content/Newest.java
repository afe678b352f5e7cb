package pipeline.validator.dataset.content;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the newest of any number of things, so that the memory depends only on how many are wanted. Many threads may add. */
public final class Newest<T> {
    private final int limit;
    private final Comparator<T> newestFirst;
    private final PriorityQueue<T> kept;

    public Newest(int limit, Comparator<T> newestFirst) {
        this.limit = limit;
        this.newestFirst = newestFirst;
        this.kept = new PriorityQueue<>(newestFirst.reversed());
    }

    /** Returns false if it is older than enough others, so that nothing older needs to be added. */
    public synchronized boolean add(T one) {
        if (kept.size() == limit && newestFirst.compare(one, kept.element()) > 0) {
            return false;
        }
        kept.add(one);
        if (kept.size() > limit) {
            kept.remove();
        }
        return true;
    }

    public synchronized List<T> newestFirst() {
        return kept.stream().sorted(newestFirst).toList();
    }
}
