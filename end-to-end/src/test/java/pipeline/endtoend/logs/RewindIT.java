package pipeline.endtoend.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.system.BrokerFolder;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TransactionalSender;
import pipeline.events.settings.Settings;

/**
 * Kafka's folder is replaced by an older copy, and filled again until it ends before, at, or after the end of the ledger, while
 * the job runs or is stopped. Each time Kafka has lost events that the run has, and the job must say so: if it continued,
 * nobody would notice. {@code logs.rewind} chooses the cases whose name contains it, such as {@code HOT} or {@code running=true}.
 */
class RewindIT {
    private static final int COPIED = 1_200;
    private static final int LOST = 600;
    private static final int SOME = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How the older copy is made and put back. */
    enum Copy {
        /** Made while the broker was stopped. The broker is started as often after the copy is put back as it was before. */
        AS_MANY_RESTARTS,
        /** The same, but the broker is started more often after the copy is put back. */
        MORE_RESTARTS,
        /** Made while the broker was running. */
        HOT,
        /** Only one partition of the copy is put back. */
        ONE_PARTITION
    }

    /** Where the partitions end, compared with the ledger. */
    enum End {
        BELOW(LOST / 2),
        EQUAL(LOST),
        ABOVE(2 * LOST);

        private final int refill;

        End(int refill) {
            this.refill = refill;
        }
    }

    record Case(Copy copy, End end, boolean running, boolean transactions) {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (boolean running : new boolean[] {false, true}) {
            for (End end : End.values()) {
                for (Copy copy : Copy.values()) {
                    cases.add(new Case(copy, end, running, false));
                }
            }
        }
        for (boolean running : new boolean[] {false, true}) {
            for (Copy copy : Copy.values()) {
                cases.add(new Case(copy, End.BELOW, running, true));
            }
        }
        String chosen = System.getProperty("logs.rewind", "");
        return cases.stream().filter(how -> how.toString().contains(chosen)).toList();
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("cases")
    void stopsWhenKafkaLostEvents(Case how, @TempDir Path folder) throws IOException {
        try (SystemUnderTest system = new SystemUnderTest(folder, Map.of(Settings.TRIGGER_INTERVAL.name(), "1s"))) {
            BrokerFolder kafka = BrokerFolder.of(system);
            Path copy = folder.resolve("copy");
            system.startBroker();
            send(system, how, COPIED);
            if (how.copy() == Copy.HOT) {
                kafka.copyTo(copy);
            } else {
                system.broker().terminate();
                kafka.copyTo(copy);
                system.startBroker();
            }
            send(system, how, LOST);
            system.job().start();
            await("the job has caught up").atMost(PATIENCE).until(system::isCaughtUp);
            if (!how.running()) {
                system.job().kill();
            }

            system.broker().terminate();
            if (how.copy() == Copy.ONE_PARTITION) {
                kafka.restore(copy, system.topicName(), 0);
            } else {
                kafka.restore(copy);
            }
            system.startBroker();
            for (int more = 0; how.copy() == Copy.MORE_RESTARTS && more < 2; more++) {
                system.broker().terminate();
                system.startBroker();
            }
            send(system, how, how.end().refill);
            if (!how.running()) {
                system.job().start();
            } else if (!system.job().hasEndedWithin(5)) {
                // A job that is idle notices it with the next event.
                send(system, how, SOME);
            }

            assertThat(system.job().hasEndedWithin(PATIENCE.toSeconds()))
                    .as("the job stops, see " + system.job().log())
                    .isTrue();
            assertThat(system.job().exitCode()).isEqualTo(1);
            assertThat(Files.readString(system.job().log()))
                    .contains("Kafka lost events that this run has: partition 0 ");
            assertThat(system.tree().stopped(SystemUnderTest.RUN)).exists();
        }
    }

    /** The last records that the run has read are still there. New events have the offsets of a transaction that was aborted. */
    @Tag("faults")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void losesNoEventThatTookTheOffsetOfAnAbortedOne(boolean running, @TempDir Path folder) throws IOException {
        try (SystemUnderTest system = new SystemUnderTest(folder, Map.of(Settings.TRIGGER_INTERVAL.name(), "1s"))) {
            BrokerFolder kafka = BrokerFolder.of(system);
            Path copy = folder.resolve("copy");
            system.startBroker();
            EventSender.send(system.bootstrapServers(), system.topicName(), COPIED);
            system.broker().terminate();
            kafka.copyTo(copy);
            system.startBroker();
            try (TransactionalSender sender = sender(system)) {
                sender.abort(LOST, "aborted");
            }
            system.job().start();
            await("the job has caught up").atMost(PATIENCE).until(system::isCaughtUp);
            if (!running) {
                system.job().kill();
            }

            system.broker().terminate();
            kafka.restore(copy);
            system.startBroker();
            EventSender.send(system.bootstrapServers(), system.topicName(), 2 * LOST);
            if (!running) {
                system.job().start();
            }

            await("the job stops or catches up")
                    .atMost(PATIENCE)
                    .until(() -> !system.job().isAlive() || system.isCaughtUp());
            if (system.job().isAlive()) {
                new PublishedOutput(system).assertEveryOffsetIsThereExactlyOnce();
            } else {
                assertThat(Files.readString(system.job().log())).contains("Kafka lost events that this run has: ");
            }
        }
    }

    private static TransactionalSender sender(SystemUnderTest system) {
        return new TransactionalSender(system.bootstrapServers(), system.topicName(), "rewind", 3);
    }

    private static void send(SystemUnderTest system, Case how, int events) {
        if (how.transactions()) {
            try (TransactionalSender sender = sender(system)) {
                sender.commit(events, "transactional");
            }
        } else {
            EventSender.send(system.bootstrapServers(), system.topicName(), events);
        }
    }
}
