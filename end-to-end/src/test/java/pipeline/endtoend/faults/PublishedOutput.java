package pipeline.endtoend.faults;

import java.io.IOException;
import java.util.Optional;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.Event;

/** A run of built-in events. */
public final class PublishedOutput extends RunOutput<Event> {

    public PublishedOutput(SystemUnderTest system) throws IOException {
        super(system, ParquetRows.BUILT_IN);
    }

    @Override
    protected Optional<String> reason(byte[] value) {
        return BuiltInEvents.reason(value);
    }

    @Override
    protected boolean isSame(Event event, KafkaEvents.Entry sent) {
        return BuiltInEvents.isSame(event, sent);
    }
}
