package pipeline.endtoend.logs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.PublishedOutput;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TransactionalSender;
import pipeline.events.settings.Settings;

/**
 * Job and broker are killed while transactional producers fill two of three partitions: a third of the transactions is aborted,
 * and some producers die in the middle of one, which the next producer or the broker ends. The third partition gets events
 * without transactions. {@code logs.events} is the number of events in committed transactions, {@code logs.kills} that of the
 * kills, {@code logs.seed} repeats a run.
 */
@Tag("long")
class TransactionsIT {
    private static final int IN_A_TRANSACTION = 100;
    private static final int PRODUCERS = 3;
    /** How many of the topic's partitions have transactions. */
    private static final int PARTITIONS = 2;

    private static final int PAUSE_MILLIS = 450;

    @Test
    void publishesEveryCommittedEventOnceAndNoAbortedOne(@TempDir Path folder) throws IOException {
        int events = Integer.getInteger("logs.events", 100_000);
        int kills = Integer.getInteger("logs.kills", 30);
        long seed = Long.getLong("logs.seed", System.nanoTime());
        System.out.println("seed " + seed);
        try (SystemUnderTest system =
                new SystemUnderTest(folder, Map.of(Settings.RUN_ID.name(), SystemUnderTest.RUN))) {
            system.startBroker();
            Outcome outcome = new Outcome();
            List<Filler> fillers = new ArrayList<>(List.of(new Plain(system)));
            for (int i = 0; i < PRODUCERS; i++) {
                fillers.add(new Transactions(system, "transactional-" + i, new Random(seed + i), outcome, events));
            }

            PublishedOutput check = new Killing(system, seed).run(kills, fillers);

            check.assertEveryOffsetIsThereExactlyOnce();
            Map<String, Long> rows =
                    check.rows().stream().collect(groupingBy(row -> row.event().source(), counting()));
            assertThat(rows.keySet()).doesNotContainAnyElementsOf(outcome.aborted);
            assertThat(outcome.committed)
                    .allSatisfy(source -> assertThat(rows).containsEntry(source, (long) IN_A_TRANSACTION));
            assertThat(outcome.unknown)
                    .allSatisfy(source -> assertThat(rows.getOrDefault(source, (long) IN_A_TRANSACTION))
                            .isEqualTo(IN_A_TRANSACTION));
            System.out.println(outcome.committed.size() + " transactions committed, " + outcome.aborted.size()
                    + " aborted or abandoned, " + outcome.unknown.size() + " ended while the broker was killed");
        }
    }

    /** What became of the transactions, each of which has a source of its own. */
    private static final class Outcome {
        final Set<String> committed = ConcurrentHashMap.newKeySet();
        final Set<String> aborted = ConcurrentHashMap.newKeySet();
        /** Nobody knows whether their commit was accepted, but all or none of their events are there. */
        final Set<String> unknown = ConcurrentHashMap.newKeySet();
    }

    /** One of several producers whose transactions overlap. */
    private static final class Transactions extends Filler {
        private static final Duration SHORT = Duration.ofSeconds(10);

        private final SystemUnderTest system;
        private final String id;
        private final Random random;
        private final Outcome outcome;
        private final int events;
        private TransactionalSender sender;
        private int number;

        Transactions(SystemUnderTest system, String id, Random random, Outcome outcome, int events) {
            this.system = system;
            this.id = id;
            this.random = random;
            this.outcome = outcome;
            this.events = events;
        }

        /** All producers together. */
        @Override
        boolean hasSentEnough() {
            return outcome.committed.size() * IN_A_TRANSACTION >= events;
        }

        @Override
        void send() {
            String source = id + "-" + number++;
            try {
                if (sender == null) {
                    sender = new TransactionalSender(system.bootstrapServers(), system.topicName(), id, PARTITIONS);
                }
                transaction(source);
            } catch (KafkaException e) {
                // The broker was killed.
                if (!outcome.aborted.contains(source)) {
                    outcome.unknown.add(source);
                }
                end();
            }
            Killing.pause(PAUSE_MILLIS);
        }

        private void transaction(String source) {
            int fate = random.nextInt(300);
            if (fate >= 110) {
                sender.commit(IN_A_TRANSACTION, source);
                outcome.committed.add(source);
                return;
            }
            outcome.aborted.add(source);
            if (fate >= 10) {
                sender.abort(IN_A_TRANSACTION, source);
            } else if (fate >= 2) {
                sender.open(IN_A_TRANSACTION, source);
                end();
            } else {
                timeOut(source);
            }
        }

        /** The producer dies in the middle, and none with its id follows: the broker ends the transaction. */
        private void timeOut(String source) {
            try (TransactionalSender dying =
                    new TransactionalSender(system.bootstrapServers(), system.topicName(), source, PARTITIONS, SHORT)) {
                dying.open(IN_A_TRANSACTION, source);
            }
        }

        /** Leaves a transaction open, if there is one; the next sender aborts it. */
        @Override
        void end() {
            if (sender != null) {
                sender.close();
                sender = null;
            }
        }
    }

    /** Fills the last partition without transactions. */
    private static final class Plain extends Filler {
        private final SystemUnderTest system;

        Plain(SystemUnderTest system) {
            this.system = system;
        }

        @Override
        boolean hasSentEnough() {
            return true;
        }

        @Override
        void send() {
            try {
                EventSender.sendTo(system.bootstrapServers(), system.topicName(), PARTITIONS, IN_A_TRANSACTION);
            } catch (IllegalStateException | KafkaException e) {
                // The broker was killed.
            }
            Killing.pause(10 * PAUSE_MILLIS);
        }
    }
}
