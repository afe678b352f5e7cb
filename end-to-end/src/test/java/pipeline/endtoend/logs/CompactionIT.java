package pipeline.endtoend.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.KafkaEvents;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TopicSettings;

/**
 * Job and broker are killed while the broker compacts the topic. {@code logs.compacted} is the number of events, {@code
 * logs.compacted.kills} that of the kills.
 */
@Tag("long")
class CompactionIT {
    private static final int KEYS = 300;

    @Test
    void publishesEveryRecordThatKafkaStillHas(@TempDir Path folder) throws IOException {
        int events = Integer.getInteger("logs.compacted", 20_000);
        int kills = Integer.getInteger("logs.compacted.kills", 10);
        long seed = Long.getLong("logs.seed", System.nanoTime());
        System.out.println("seed " + seed);
        try (SystemUnderTest system = new SystemUnderTest(folder, Map.of())) {
            system.startBroker();
            TopicSettings.change(
                    system,
                    Map.of(
                            "cleanup.policy", "compact",
                            "segment.ms", "1000",
                            "min.cleanable.dirty.ratio", "0.001",
                            "delete.retention.ms", "0"));
            Events filler = new Events(system, events);

            PublishedOutput check = new Killing(system, seed).run(kills, List.of(filler));

            assertThat(KafkaEvents.read(system.kafka()))
                    .as("what compaction has left")
                    .hasSizeLessThan(filler.sent);
            check.assertEveryRecordOfKafkaIsThere();
            assertThat(check.rows()).doesNotHaveDuplicates();
        }
    }

    private static final class Events extends Filler {
        private final SystemUnderTest system;
        private final int events;
        private volatile int sent;

        Events(SystemUnderTest system, int events) {
            this.system = system;
            this.events = events;
        }

        @Override
        void send() {
            try {
                EventSender.sendKeyed(system.bootstrapServers(), system.topicName(), KEYS, KEYS);
                sent += KEYS;
            } catch (IllegalStateException e) {
                // The broker was killed.
            }
            Killing.pause(1_000);
        }

        @Override
        boolean hasSentEnough() {
            return sent >= events;
        }
    }
}
