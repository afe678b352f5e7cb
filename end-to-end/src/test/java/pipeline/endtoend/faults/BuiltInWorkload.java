package pipeline.endtoend.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.SampleEvents;

/** Built-in events, with an invalid one several times a second. */
final class BuiltInWorkload implements Workload {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final List<byte[]> INVALID = List.of(
            utf8("oops"),
            utf8(""),
            utf8(SampleEvents.jsonWith("id", "5")),
            utf8(SampleEvents.jsonWith("value", "NaN")),
            utf8(SampleEvents.jsonWith("ts", "\"yesterday\"")),
            utf8("two\nlines \" and a quote"),
            new byte[] {(byte) 0xFF, 0, 1});

    @Override
    public SteadySender start(SystemUnderTest system) {
        return new SteadySender(system.kafka(), PAUSE, BuiltInWorkload::invalid);
    }

    /** Every eighth value is a tombstone. */
    private static byte[] invalid(long n) {
        int i = (int) (n % (INVALID.size() + 1));
        return i == INVALID.size() ? null : INVALID.get(i);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Observer reader(SystemUnderTest system) {
        return new ForeignReader(system.tree().parquet());
    }

    @Override
    public boolean isForValidator() {
        return true;
    }

    @Override
    public RunOutput<?> output(SystemUnderTest system) throws IOException {
        return new PublishedOutput(system);
    }
}
