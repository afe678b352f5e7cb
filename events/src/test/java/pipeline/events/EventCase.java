package pipeline.events;

import java.util.Arrays;

/**
 * A Kafka value and its expected result.
 *
 * @param name what is unusual about it, in printable ASCII, unique among the {@link EventCases}
 * @param bytes the value, null for a tombstone
 */
public record EventCase(String name, byte[] bytes, Expected expected) {

    public EventCase {
        name = printable(name);
    }

    /** Escapes characters that an XML test report cannot contain or a terminal cannot show. */
    private static String printable(String name) {
        StringBuilder printable = new StringBuilder();
        name.codePoints()
                .mapToObj(c -> c >= ' ' && c <= '~' ? Character.toString(c) : String.format("<U+%04X>", c))
                .forEach(printable::append);
        return printable.toString();
    }

    /** The expected result. */
    public sealed interface Expected {}

    /** The value is this event. */
    public record Accepted(Event event) implements Expected {}

    /**
     * The value is rejected.
     *
     * @param reason the whole reason, or its beginning
     * @param whole whether the reason is complete; Jackson's own messages differ between versions, so they are not compared
     */
    public record Rejected(String reason, boolean whole) implements Expected {

        public boolean matches(String actual) {
            return whole ? actual.equals(reason) : actual.startsWith(reason);
        }
    }

    static EventCase accepted(String name, byte[] bytes, Event event) {
        return new EventCase(name, bytes, new Accepted(event));
    }

    static EventCase rejected(String name, byte[] bytes, String reason) {
        return new EventCase(name, bytes, new Rejected(reason, true));
    }

    static EventCase notJson(String name, byte[] bytes) {
        return new EventCase(name, bytes, new Rejected("not JSON: ", false));
    }

    /** Returns the size that counts against Kafka's {@code max.message.bytes}. */
    public int size() {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventCase that
                && name.equals(that.name)
                && Arrays.equals(bytes, that.bytes)
                && expected.equals(that.expected);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
