package pipeline.validator.dataset.parquet.grouped;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.parquet.column.Chunk;
import pipeline.validator.dataset.parquet.column.DoubleValues;
import pipeline.validator.dataset.parquet.column.FlatColumn;
import pipeline.validator.dataset.parquet.column.FlatFile;
import pipeline.validator.dataset.parquet.column.Timestamps;
import pipeline.validator.dataset.parquet.grouped.GroupValues.Kind;

/**
 * Aggregates the events of one file, column by column and without Parquet's own readers, which take several times as long. Supports
 * groups that are texts, whole numbers, booleans or null, and values that are numbers of 64 bits. Supports neither times nor values that
 * are null, nor more groups than {@link Tallies#MOST_GROUPS}.
 */
public final class EventColumns {
    /**
     * @param group null if the file has none
     * @param value null if events are only counted
     */
    public record Names(String group, String time, String value) {}

    private final FlatFile file;
    private final Names names;
    private final Object groupOfFolder;
    private final Tallies tallies;
    /** Null if the file has none. */
    private GroupValues groups;

    /**
     * Adds all events to the tallies.
     *
     * @param groupOfFolder the group of all events if the file has none
     * @return nothing if this is not supported; the tallies cannot be used then
     */
    public static Optional<EventColumns> scan(
            SeekableByteChannel channel, long bytes, Names names, Object groupOfFolder, Tallies tallies) {
        try (FlatFile file = new FlatFile(channel, bytes)) {
            EventColumns columns = new EventColumns(file, names, groupOfFolder, tallies);
            boolean isRead = names.group() == null ? columns.addAll(tallies.of(groupOfFolder)) : columns.addGroups();
            return isRead ? Optional.of(columns) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // the other reader knows more formats, and its errors are for people
        }
    }

    private EventColumns(FlatFile file, Names names, Object groupOfFolder, Tallies tallies) {
        this.file = file;
        this.names = names;
        this.groupOfFolder = groupOfFolder;
        this.tallies = tallies;
    }

    /** Returns how many events have such a group. */
    public long rowsOf(Predicate<Object> group) {
        if (groups == null) {
            return group.test(groupOfFolder) ? file.rows() : 0;
        }
        boolean[] counts = new boolean[groups.groups().size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = group.test(groups.groups().get(i));
        }
        long rows = 0;
        for (int number : groups.ofRow()) {
            rows += counts[number] ? 1 : 0;
        }
        return rows;
    }

    private Optional<FlatColumn> value() {
        return file.column(names.value()).filter(column -> column.isDouble() || column.isLong());
    }

    private Optional<FlatColumn> time() {
        return file.column(names.time())
                .filter(column -> column.timestamps() != null && column.timestamps() != Timestamps.Format.INT96);
    }

    private boolean addAll(Tally tally) throws IOException {
        Optional<FlatColumn> time = time();
        if (time.isEmpty() || (names.value() != null && value().isEmpty())) {
            return false;
        }
        Timestamps times = new Timestamps(tally, time.get().timestamps(), 0);
        for (Chunk chunk : time.get().chunks()) {
            Chunk.Bounds bounds = chunk.bounds();
            if (bounds == null || bounds.nulls() > 0) {
                return false;
            }
            times.add(bounds);
        }
        if (names.value() == null) {
            tally.addRows(file.rows());
        } else {
            addValues(value().get(), tally);
        }
        return true;
    }

    private void addValues(FlatColumn value, Tally tally) throws IOException {
        if (value.isDouble()) {
            file.read(value, new DoubleValues(tally, file.rows()));
        } else {
            addValues(value, new int[Math.toIntExact(file.rows())], List.of(tally));
        }
    }

    private void addValues(FlatColumn value, int[] ofRow, List<Tally> ofGroups) throws IOException {
        GroupedNumbers values = new GroupedNumbers(ofRow, ofGroups, value.isLong());
        file.read(value, values);
        values.addRest();
    }

    private static Optional<Kind> kind(FlatColumn group) {
        if (group.isString()) {
            return Optional.of(Kind.TEXT);
        } else if (group.isLong()) {
            return Optional.of(Kind.LONG);
        } else {
            return group.isBoolean() ? Optional.of(Kind.BOOLEAN) : Optional.empty();
        }
    }

    private boolean addGroups() throws IOException {
        Optional<FlatColumn> group = file.column(names.group());
        Optional<FlatColumn> time = time();
        if (group.isEmpty() || time.isEmpty() || (names.value() != null && value().isEmpty())) {
            return false;
        }
        Optional<Kind> kind = kind(group.get());
        if (kind.isEmpty()) {
            return false;
        }
        groups = new GroupValues(kind.get(), file.rows());
        file.read(group.get(), groups);
        List<Tally> ofGroups = new ArrayList<>();
        groups.groups().forEach(one -> ofGroups.add(tallies.of(one)));
        GroupedTimes times = GroupedTimes.ofEnds(groups.ofRow(), ofGroups.size());
        file.read(time.get(), times);
        file.read(time.get(), times.ofOthers());
        times.addTo(ofGroups, time.get().timestamps());
        if (names.value() == null) {
            for (int number : groups.ofRow()) {
                ofGroups.get(number).addRows(1);
            }
        } else {
            addValues(value().get(), groups.ofRow(), ofGroups);
        }
        return true;
    }
}
