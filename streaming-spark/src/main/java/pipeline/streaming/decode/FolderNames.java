package pipeline.streaming.decode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.unsafe.types.UTF8String;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.Partition;

/**
 * The names of the folders into which a task writes events, one after the other: those of a task are limited, so that a sender of
 * many values does not flood a file system. For one thread.
 */
final class FolderNames {
    private static final UTF8String OTHER = UTF8String.fromString(Partition.OTHER);

    /** File systems take names of up to 255 bytes. */
    private static final int LONGEST = 200;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd-HH", Locale.ROOT);

    private final List<Partition> folders;
    /** The place of each folder's column among those of the event. */
    private final int[] columns;

    private final boolean isLimited;
    private final Set<List<Object>> known = new HashSet<>();

    FolderNames(EventSchema schema) {
        this.folders = schema.roles().partition();
        List<String> names = schema.columns().stream().map(Field::name).toList();
        this.columns = folders.stream()
                .mapToInt(folder -> names.indexOf(folder.column()))
                .toArray();
        this.isLimited = !folders.stream().allMatch(Partition::isOnlyInName);
    }

    /**
     * Puts the values of the folders' columns at the end of a row.
     *
     * @param event the values of its columns
     * @param end where the folders' columns end
     */
    void put(Object[] event, Object[] row, int end) {
        if (!isLimited) {
            // They are columns of the event.
            return;
        }
        Object[] names = new Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
            names[i] = name(folders.get(i), event[columns[i]]);
        }
        if (!isKnown(names)) {
            for (int i = 0; i < names.length; i++) {
                names[i] = folders.get(i).isOnlyInName() ? names[i] : OTHER;
            }
        }
        System.arraycopy(names, 0, row, end - names.length, names.length);
    }

    private boolean isKnown(Object[] names) {
        List<Object> folder = Arrays.asList(names);
        return known.contains(folder) || (known.size() < Partition.MOST_FOLDERS && known.add(folder));
    }

    private static Object name(Partition folder, Object value) {
        if (folder.isOnlyInName() || value == null) {
            return value;
        }
        String name =
                switch (folder.kind()) {
                    case DAY -> DAY.format(value instanceof Integer day ? LocalDate.ofEpochDay(day) : time(value));
                    case HOUR -> HOUR.format(time(value));
                    default -> value.toString();
                };
        return isShort(folder.folder() + "=" + ExternalCatalogUtils.escapePathName(name))
                ? UTF8String.fromString(name)
                : OTHER;
    }

    private static LocalDateTime time(Object micros) {
        return LocalDateTime.ofInstant(Instant.EPOCH.plus((long) micros, ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static boolean isShort(String name) {
        return name.length() <= LONGEST && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
