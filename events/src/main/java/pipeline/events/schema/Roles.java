package pipeline.events.schema;

import java.io.Serializable;
import java.util.List;

/**
 * What the pipeline does with some of the columns.
 *
 * @param group averages are per value of this column; null if there is one group
 * @param time the column for windows of time; null for Kafka's timestamp
 * @param value the column of which there are averages; null if events are only counted
 * @param partition the folders of the files, outermost first
 */
public record Roles(String group, String time, String value, List<Partition> partition) implements Serializable {
    public static final Roles NONE = new Roles(null, null, null, List.of());

    public Roles {
        partition = List.copyOf(partition);
    }
}
