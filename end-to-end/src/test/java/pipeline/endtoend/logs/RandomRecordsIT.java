package pipeline.endtoend.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.KafkaEvents;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.system.RawRecords;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TopicSettings;
import pipeline.events.EventJson;
import pipeline.events.SampleEvents;

/**
 * Random records, sent as a client in any language may send them: times over the whole 64 bits, all codecs, headers, null keys and
 * values; and holes, since a part of the topic was compacted first. {@code logs.records} is their number, {@code logs.seed} repeats
 * a run.
 */
@Tag("long")
class RandomRecordsIT {
    private static final int IN_A_BATCH = 250;
    private static final long NOW = System.currentTimeMillis();

    private final int records = Integer.getInteger("logs.records", 1_000_000);
    /** Few enough for compaction to remove most records, also of a short run. */
    private final int keys = Math.max(1, Math.min(2_000, records / 100));

    @Test
    void neverEndsAndAccountsForEveryRecord(@TempDir Path folder) throws IOException {
        long seed = Long.getLong("logs.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (SystemUnderTest system = new SystemUnderTest(folder, Map.of());
                Closer broker = new Closer(system)) {
            String any = Long.toString(Long.MAX_VALUE);
            TopicSettings.change(
                    system,
                    Map.of(
                            "message.timestamp.before.max.ms", any,
                            "message.timestamp.after.max.ms", any,
                            "cleanup.policy", "compact",
                            "segment.ms", "1000",
                            "min.cleanable.dirty.ratio", "0.001",
                            "retention.ms", "-1"));
            try (RawRecords raw = new RawRecords(system.bootstrapServers())) {
                int compacted = records / 5;
                send(raw, system, random, compacted, true);
                await("Kafka has compacted the topic")
                        .atMost(Duration.ofMinutes(5))
                        .pollInterval(Duration.ofSeconds(5))
                        .until(() -> {
                            send(raw, system, random, 3 * IN_A_BATCH, true);
                            return KafkaEvents.read(system.kafka()).size() < compacted / 2;
                        });
                TopicSettings.change(system, Map.of("cleanup.policy", "delete", "segment.ms", "604800000"));
                system.job().start();
                send(raw, system, random, records - compacted, false);
            }

            system.awaitCaughtUp(Duration.ofMinutes(20));
            PublishedOutput check = new PublishedOutput(system);
            System.out.println(check.summary());
            check.assertEveryOffsetIsThereExactlyOnce();
            check.assertContentsAreWhatWasSent();
            check.assertLedgerIsContinuous();
            check.assertLedgerAccountsForEveryOffset();
            system.validator().start();
            await("the validator").atMost(Duration.ofMinutes(1)).until(() -> system.get("/q/health/ready")
                    .isPresent());
            assertThat(Killing.deepCheck(system)).contains("\"status\":\"OK\"");
        }
    }

    private record Closer(SystemUnderTest system) implements AutoCloseable {
        Closer {
            system.startBroker();
        }

        @Override
        public void close() {
            system.job().kill();
        }
    }

    private void send(RawRecords raw, SystemUnderTest system, Random random, int number, boolean keyed)
            throws IOException {
        CompressionType[] codecs = CompressionType.values();
        for (int sent = 0; sent < number; sent += IN_A_BATCH) {
            List<RawRecords.Sent> batch = new ArrayList<>();
            for (int i = 0; i < IN_A_BATCH; i++) {
                // Kafka rolls no segment that begins with a time in the far future, and compacts none that it has not
                // rolled.
                long time = keyed ? System.currentTimeMillis() : time(random);
                batch.add(new RawRecords.Sent(time, key(random, keyed), value(random), headers(random)));
            }
            raw.send(system.topicName(), random.nextInt(3), codecs[random.nextInt(codecs.length)], batch);
        }
    }

    private static long time(Random random) {
        return switch (random.nextInt(400)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> -1;
            default -> NOW + random.nextInt(1_000_000);
        };
    }

    private byte[] key(Random random, boolean keyed) {
        boolean isNull = !keyed && random.nextInt(3) == 0;
        return isNull ? null : Integer.toString(random.nextInt(keys)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] value(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield bytes;
            }
            default -> EventJson.encode(SampleEvents.anyEvent(random.nextInt(5), random.nextInt(100)));
        };
    }

    private static List<Header> headers(Random random) {
        List<Header> headers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 1; i--) {
            headers.add(new RecordHeader("h" + i, random.nextBoolean() ? null : new byte[random.nextInt(20)]));
        }
        return headers;
    }
}
