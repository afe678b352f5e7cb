package pipeline.endtoend.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.settings.Settings;

/** The partitions get other leaders: without a loss, which must raise no alarm, and with one, which must. */
class LeadersIT {
    private static final int EVENTS = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    @Tag("long")
    void continuesAfterCleanElectionsAndRestarts(@TempDir Path folder) throws IOException {
        continuesAfter(Integer.getInteger("logs.elections", 20), folder);
    }

    @Test
    @Tag("faults")
    void continuesAfterACleanElectionOfEachPartition(@TempDir Path folder) throws IOException {
        continuesAfter(3, folder);
    }

    private static void continuesAfter(int times, Path folder) throws IOException {
        try (Cluster cluster = new Cluster(folder.resolve("cluster"));
                SystemUnderTest system = system(cluster, folder)) {
            cluster.start();
            cluster.createTopic(system.topicName(), Map.of());
            system.job().start();
            for (int i = 0; i < times; i++) {
                EventSender.send(system.bootstrapServers(), system.topicName(), EVENTS);
                int leader = cluster.leader(system.topicName(), i % 3).orElseThrow();
                cluster.broker(leader).terminate();
                EventSender.send(system.bootstrapServers(), system.topicName(), EVENTS);
                system.awaitCaughtUp(PATIENCE);
                cluster.broker(leader).start();
                cluster.awaitInSync(system.topicName(), Cluster.BROKERS);
            }
            for (int i = 0; i < times; i++) {
                system.job().kill();
                EventSender.send(system.bootstrapServers(), system.topicName(), EVENTS);
                system.job().start();
                system.awaitCaughtUp(PATIENCE);
            }

            assertThat(Files.readString(system.job().log())).doesNotContain("Kafka lost events");
            PublishedOutput check = new PublishedOutput(system);
            check.assertEveryOffsetIsThereExactlyOnce();
            assertThat(check.rows()).hasSize(3 * times * EVENTS);
        }
    }

    @Test
    @Tag("faults")
    void stopsAfterAnUncleanElectionThatLostEvents(@TempDir Path folder) throws IOException {
        try (Cluster cluster = new Cluster(folder.resolve("cluster"));
                SystemUnderTest system = system(cluster, folder)) {
            cluster.start();
            cluster.createTopic(
                    system.topicName(), Map.of("unclean.leader.election.enable", "true", "min.insync.replicas", "1"));
            system.job().start();
            EventSender.send(system.bootstrapServers(), system.topicName(), EVENTS);
            system.awaitCaughtUp(PATIENCE);
            cluster.broker(0).kill();
            cluster.broker(1).kill();
            cluster.awaitInSync(system.topicName(), 1);
            EventSender.send(system.bootstrapServers(), system.topicName(), EVENTS);
            system.awaitCaughtUp(PATIENCE);

            cluster.broker(2).kill();
            cluster.broker(0).start();
            cluster.broker(1).start();
            cluster.awaitInSync(system.topicName(), 2);
            EventSender.send(system.bootstrapServers(), system.topicName(), 2 * EVENTS);

            assertThat(system.job().hasEndedWithin(PATIENCE.toSeconds())).isTrue();
            assertThat(system.job().exitCode()).isEqualTo(1);
            assertThat(Files.readString(system.job().log()))
                    .contains("Kafka lost events that this run has: partition 0 ");
        }
    }

    private static SystemUnderTest system(Cluster cluster, Path folder) throws IOException {
        return SystemUnderTest.on(
                cluster.broker(0),
                folder.resolve("system"),
                Map.of(
                        Settings.KAFKA_BOOTSTRAP_SERVERS.name(),
                        cluster.bootstrapServers(),
                        Settings.KAFKA_TOPIC.name(),
                        "replicated"));
    }
}
