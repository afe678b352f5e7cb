package pipeline.endtoend.faults;

import java.util.Optional;
import pipeline.events.Event;
import pipeline.events.ReferenceDecoder;
import pipeline.events.RejectedEventException;

/** What has to become of the value of a record in a run of built-in events. */
public final class BuiltInEvents {
    private BuiltInEvents() {}

    /** Returns why a value is rejected, or nothing if it is an event. */
    public static Optional<String> reason(byte[] value) {
        try {
            ReferenceDecoder.decode(value);
            return Optional.empty();
        } catch (RejectedEventException e) {
            return Optional.of(e.getMessage());
        }
    }

    public static boolean isSame(Event event, KafkaEvents.Entry sent) {
        try {
            return event.equals(ReferenceDecoder.decode(sent.value()));
        } catch (RejectedEventException e) {
            return false;
        }
    }
}
