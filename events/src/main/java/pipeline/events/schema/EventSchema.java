package pipeline.events.schema;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The shape of the events of a topic. Immutable and serializable, so that Spark can send it to its executors.
 *
 * @param event the event, an object
 * @param unknown what happens to fields that the schema does not know
 * @param file what messages call the schema file
 * @param text its text
 * @param isBuiltIn whether it is that of {@link pipeline.events.Event}, whose files have neither {@code kafka_timestamp} nor
 *     {@code rescued}
 */
public record EventSchema(ObjectType event, Roles roles, Unknown unknown, String file, String text, boolean isBuiltIn)
        implements Serializable {

    /** What happens to fields that the schema does not know, in objects that allow them. */
    public enum Unknown {
        /** Their source text is kept in the column {@code rescued}. */
        RESCUE,
        DROP
    }

    /** Returns the name under which a run keeps it, the SHA-256 of its text in hexadecimal digits; empty for the built-in one. */
    public Optional<String> storedName() {
        return isBuiltIn ? Optional.empty() : Optional.of(sha256());
    }

    private String sha256() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns the number of folders that its events can have; empty if nothing limits it. */
    public OptionalLong folders() {
        return FolderCount.of(this);
    }

    /** Returns the fields that are columns, in the order of the columns. */
    public List<Field> columns() {
        return event.columns();
    }
}
