package pipeline.streaming.decode;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.Field;
import pipeline.events.schema.FolderCount;

/**
 * The first {@value #MOST} groups of events that a query has seen. It does without the events of later ones, so that senders of
 * many groups do not fill its memory. Serializable: each task of a batch gets a copy, and may find further groups, of which the
 * query then keeps as many as fit. So the first averages of the last groups may lack some events.
 */
public final class FirstGroups implements Serializable {
    private static final long serialVersionUID = 1;

    static final int MOST = 1_000;

    /** The place of the group's column among those of the event; -1 if there cannot be too many groups. */
    private final int column;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public FirstGroups(EventSchema schema) {
        List<Field> columns = schema.columns();
        this.column = IntStream.range(0, columns.size())
                .filter(place -> columns.get(place).name().equals(schema.roles().group()))
                .filter(place ->
                        FolderCount.of(columns.get(place).shape().type()).orElse(Long.MAX_VALUE) >= MOST)
                .findFirst()
                .orElse(-1);
    }

    /** Keeps groups that a batch had, as long as there are not too many. */
    public void add(Collection<?> groups) {
        if (column >= 0) {
            groups.forEach(this::isFirst);
        }
    }

    /** @param event the values of its columns */
    boolean have(Object[] event) {
        return column < 0 || isFirst(event[column]);
    }

    private boolean isFirst(Object group) {
        String text = String.valueOf(group);
        return known.contains(text) || (known.size() < MOST && known.add(text));
    }
}
