package pipeline.validator.dataset.content;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One {@link Tally} per group of events; the groups of built-in events are their ids. A group is a boolean, a whole number or a
 * text, or null, which sorts last. If the number of groups is limited, further ones share the tally {@link #rest}.
 */
public final class Tallies {
    /** How many groups of a run with event schemas are told apart. */
    public static final int MOST_GROUPS = 100_000;

    /** Of different types in different runs: booleans, then numbers, then texts. */
    public static final Comparator<Object> ORDER = Comparator.nullsLast(Tallies::compare);

    private final ValueBounds bounds;
    private final Set<Object> known;
    /** How many groups were known at the start. */
    private final int knownAtStart;

    private final int mostOthers;
    private int others;

    private final SortedMap<Object, Tally> byId = new TreeMap<>(ORDER);
    private Tally rest;

    public Tallies() {
        this(Integer.MAX_VALUE);
    }

    /** @param most how many groups are told apart */
    public Tallies(int most) {
        this(ValueBounds.BUILT_IN, Collections.emptySet(), most);
    }

    private Tallies(ValueBounds bounds, Set<Object> known, int mostOthers) {
        this.bounds = bounds;
        this.known = known;
        this.knownAtStart = known.size();
        this.mostOthers = mostOthers;
    }

    /**
     * Returns empty tallies for a file that is to be added to these. They tell all groups apart that these do, and as many others
     * as these have room for. Nothing may be added to these before the file is read.
     */
    public Tallies ofFile(ValueBounds valuesOfFile) {
        return new Tallies(valuesOfFile, byId.keySet(), mostOthers - others);
    }

    /**
     * Returns whether groups that these tell apart may be in the rest of a file, because these have got them since {@link #ofFile}.
     */
    public boolean haveOutgrown(Tallies file) {
        return file.rest != null && file.knownAtStart != byId.size();
    }

    /** Returns the tally of a group, which is empty at first. */
    public Tally of(Object group) {
        Tally tally = byId.get(group);
        if (tally == null && hasRoom(group)) {
            tally = new Tally(bounds);
            byId.put(group, tally);
        }
        return tally == null ? restOrNew() : tally;
    }

    private boolean hasRoom(Object group) {
        if (known.contains(group)) {
            return true;
        }
        if (others == mostOthers) {
            return false;
        }
        others++;
        return true;
    }

    private Tally restOrNew() {
        if (rest == null) {
            rest = new Tally(bounds);
        }
        return rest;
    }

    public void add(Tallies other) {
        other.byId.forEach((id, tally) -> of(id).add(tally));
        other.rest().ifPresent(tally -> restOrNew().add(tally));
    }

    public Tallies copy() {
        Tallies copy = new Tallies(bounds, known, mostOthers);
        copy.add(this);
        return copy;
    }

    public SortedMap<Object, Tally> byId() {
        return Collections.unmodifiableSortedMap(byId);
    }

    /** Returns the groups that have the most rows, in the order of their rows' number. */
    public List<Map.Entry<Object, Tally>> largest(int limit) {
        return byId.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Object, Tally> group) ->
                                group.getValue().rows())
                        .reversed())
                .limit(limit)
                .toList();
    }

    /** Returns the rows of the groups that are not told apart, if there are any. */
    public Optional<Tally> rest() {
        return Optional.ofNullable(rest);
    }

    /** Returns whether the rows of a group are in the rest, if there are any. */
    public boolean isInRest(Object group) {
        return !byId.containsKey(group);
    }

    /** Returns whether there are rows of a group, as far as groups are told apart. */
    public boolean mayHave(Object group) {
        return rest != null || !isInRest(group);
    }

    public boolean isRest(Tally tally) {
        return tally == rest;
    }

    public Tally total() {
        Tally total = new Tally();
        byId.values().forEach(total::add);
        rest().ifPresent(total::add);
        return total;
    }

    public long rows() {
        return byId.values().stream().mapToLong(Tally::rows).sum()
                + rest().map(Tally::rows).orElse(0L);
    }

    private static int compare(Object one, Object other) {
        if (one instanceof Integer id && other instanceof Integer otherId) {
            return Integer.compare(id, otherId);
        } else if (one instanceof String text && other instanceof String otherText) {
            return text.compareTo(otherText);
        } else if (one instanceof Number number && other instanceof Number otherNumber) {
            return Long.compare(number.longValue(), otherNumber.longValue());
        } else {
            return one instanceof Boolean bool && other instanceof Boolean otherBool
                    ? Boolean.compare(bool, otherBool)
                    : Integer.compare(kind(one), kind(other));
        }
    }

    private static int kind(Object group) {
        return group instanceof Boolean ? 0 : group instanceof Number ? 1 : 2;
    }
}
