package pipeline.endtoend.faults;

import java.io.IOException;
import java.util.Optional;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.Event;
import pipeline.events.ReferenceDecoder;
import pipeline.events.RejectedEventException;

/** A run of built-in events. */
public final class PublishedOutput extends RunOutput<Event> {

    public PublishedOutput(SystemUnderTest system) throws IOException {
        super(system, ParquetRows.BUILT_IN);
    }

    @Override
    protected Optional<String> reason(byte[] value) {
        try {
            ReferenceDecoder.decode(value);
            return Optional.empty();
        } catch (RejectedEventException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    protected boolean isSame(Event event, KafkaEvents.Entry sent) {
        try {
            return event.equals(ReferenceDecoder.decode(sent.value()));
        } catch (RejectedEventException e) {
            return false;
        }
    }
}
