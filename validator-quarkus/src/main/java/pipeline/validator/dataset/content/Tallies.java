package pipeline.validator.dataset.content;

import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** One {@link Tally} per id. Rows without an id have the key null, which sorts last. */
public final class Tallies {
    private final SortedMap<Integer, Tally> byId = new TreeMap<>(Comparator.nullsLast(Comparator.naturalOrder()));

    /** Returns the tally of an id, which is empty at first. */
    public Tally of(Integer id) {
        return byId.computeIfAbsent(id, first -> new Tally());
    }

    public void add(Tallies other) {
        other.byId.forEach((id, tally) -> of(id).add(tally));
    }

    public Tallies copy() {
        Tallies copy = new Tallies();
        copy.add(this);
        return copy;
    }

    public SortedMap<Integer, Tally> byId() {
        return Collections.unmodifiableSortedMap(byId);
    }

    public Tally total() {
        Tally total = new Tally();
        byId.values().forEach(total::add);
        return total;
    }

    public long rows() {
        return byId.values().stream().mapToLong(Tally::rows).sum();
    }
}
