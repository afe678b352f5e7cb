package pipeline.endtoend.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.machine.SlowLink;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.Repository;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.Event;
import pipeline.events.EventJson;
import pipeline.events.SampleEvents;
import pipeline.events.settings.Settings;
import pipeline.launcher.setup.Ports;

/**
 * Much is waiting in Kafka: behind a slow connection, behind a quota, or in many partitions. Nothing is read again and again,
 * and the job's heap is large enough.
 */
@Tag("long")
class BacklogsIT {
    private static final int EVENTS = 200_000;
    private static final String EVENT = event(1);
    private static final int PARTITIONS = 200;
    private static final int EVENTS_IN_EACH = 5_000;

    /** What the two queries read if each of them reads everything once. */
    private static final long ONCE = 2L * EVENTS * EVENT.length();

    @TempDir
    private Path folder;

    /** Returns a valid event with a further field, so that it has a little more than 1 kB. */
    private static String event(int id) {
        String event = new String(EventJson.encode(SampleEvents.anyEvent(id, 1)), UTF_8);
        return event.replaceFirst("\\{", "{\"more\":\"" + "x".repeat(1000) + "\",");
    }

    @Test
    void progressesBehindASlowConnection() throws IOException {
        int port = Ports.free();
        try (SlowLink link = new SlowLink(port);
                SystemUnderTest system = behind(link, port)) {
            system.startBroker();
            send(system);
            link.delay(Duration.ofSeconds(2));
            readsOnce(system, link);
        }
    }

    @Test
    void progressesBehindAQuota() throws IOException, ExecutionException, InterruptedException {
        int port = Ports.free();
        try (SlowLink link = new SlowLink(port);
                SystemUnderTest system = behind(link, port)) {
            system.startBroker();
            send(system);
            try (Admin admin = admin(system)) {
                admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                                new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "ANONYMOUS")),
                                List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", 1_000_000.0)))))
                        .all()
                        .get();
            }
            readsOnce(system, link);
        }
    }

    private SystemUnderTest behind(SlowLink link, int port) throws IOException {
        SystemUnderTest system = new SystemUnderTest(
                folder,
                Map.of(
                        Settings.KAFKA_PORT.name(),
                        Integer.toString(port),
                        Settings.KAFKA_BOOTSTRAP_SERVERS.name(),
                        "localhost:" + link.port()));
        Path config = folder.resolve("kafka/server.properties");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "advertised.listeners=CLIENT://localhost:" + port,
                                "advertised.listeners=CLIENT://localhost:" + link.port()));
        return system;
    }

    private static void readsOnce(SystemUnderTest system, SlowLink link) throws IOException {
        long before = link.answered();
        system.job().start();
        // Not by asking Kafka for its offsets: the answer would be late, too.
        await("all events are committed")
                .atMost(Duration.ofMinutes(20))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    assertThat(system.job().isAlive()).isTrue();
                    return system.committedEvents() == EVENTS;
                });

        assertThat(system.batches()).isGreaterThan(2);
        assertThat(link.answered() - before).isLessThan(2 * ONCE);
        assertThat(Files.readString(system.job().log())).doesNotContain("interrupted", "averages failed");
    }

    @Test
    void readsManyPartitionsInLittleMemory() throws IOException, ExecutionException, InterruptedException {
        List<String> eventOfEachId = IntStream.rangeClosed(0, Event.MAX_ID)
                .mapToObj(BacklogsIT::event)
                .toList();
        int events = PARTITIONS * EVENTS_IN_EACH;
        try (SystemUnderTest system = new SystemUnderTest(folder, Map.of())) {
            system.startBroker();
            try (Admin admin = admin(system)) {
                admin.createPartitions(Map.of(system.topicName(), NewPartitions.increaseTo(PARTITIONS)))
                        .all()
                        .get();
            }
            EventSender.sendValues(
                    system.bootstrapServers(),
                    system.topicName(),
                    IntStream.range(0, events)
                            .mapToObj(i -> eventOfEachId.get(i % eventOfEachId.size()))
                            .toList());

            assertThat(Repository.ROOT.resolve("streaming-spark/java.args"))
                    .content()
                    .contains("-Xmx1g", "-XX:+ExitOnOutOfMemoryError");
            system.job().start();
            system.awaitCaughtUp(Duration.ofMinutes(10));

            assertThat(system.committedEvents()).isEqualTo(events);
            // Each task writes files of its own, but reads many partitions.
            assertThat(ParquetRows.files(system.tree().run(SystemUnderTest.RUN)))
                    .hasSizeLessThan(PARTITIONS);
            system.validator().start();
            await("the validator").atMost(Duration.ofMinutes(1)).until(() -> system.get("/q/health/ready")
                    .isPresent());
            assertThat(system.get("/validation?deep=true").orElseThrow())
                    .contains(events + " rows, 0 offsets missing, 0 twice");
            assertThat(system.job().isAlive()).isTrue();
            assertThat(Files.readString(system.job().log()))
                    .doesNotContain("OutOfMemoryError", "interrupted", "averages failed");
        }
    }

    private static void send(SystemUnderTest system) {
        EventSender.sendValues(system.bootstrapServers(), system.topicName(), Collections.nCopies(EVENTS, EVENT));
    }

    private static Admin admin(SystemUnderTest system) {
        return Admin.create(Map.of("bootstrap.servers", system.bootstrapServers()));
    }
}
