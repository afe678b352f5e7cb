package pipeline.endtoend.logs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.faults.ExactlyOnceCheck;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TransactionalSender;
import pipeline.events.settings.Settings;

/**
 * Job and broker are killed while transactional producers fill two of three partitions: a third of the transactions is aborted,
 * and some producers die in the middle of one. The third partition gets events without transactions. {@code logs.events} is the
 * number of committed events, {@code logs.kills} that of the kills, {@code logs.seed} repeats a run.
 */
@Tag("long")
class TransactionsIT {
    private static final int IN_A_TRANSACTION = 100;

    @Test
    void publishesEveryCommittedEventOnceAndNoAbortedOne(@TempDir Path folder) throws IOException {
        int events = Integer.getInteger("logs.events", 100_000);
        int kills = Integer.getInteger("logs.kills", 30);
        long seed = Long.getLong("logs.seed", System.nanoTime());
        System.out.println("seed " + seed);
        try (SystemUnderTest system = new SystemUnderTest(folder, Map.of(Settings.RUN_ID, SystemUnderTest.RUN))) {
            system.startBroker();
            Transactions transactions = new Transactions(system, events, seed);
            transactions.start();

            ExactlyOnceCheck check = new Killing(system, seed).run(kills, transactions);

            check.assertEveryOffsetIsThereExactlyOnce();
            Map<String, Long> rows =
                    check.rows().stream().collect(groupingBy(row -> row.event().source(), counting()));
            assertThat(rows.keySet()).doesNotContainAnyElementsOf(transactions.aborted);
            transactions.committed.forEach((source, count) -> assertThat(rows).containsEntry(source, (long) count));
            System.out.println(transactions.committed.size() + " transactions committed, " + transactions.aborted.size()
                    + " aborted or abandoned, " + transactions.unknown + " ended while the broker was killed");
        }
    }

    /** Each transaction has a source of its own. */
    private static final class Transactions extends Filler {
        final Map<String, Integer> committed = new HashMap<>();
        final Set<String> aborted = new HashSet<>();
        int unknown;
        private final SystemUnderTest system;
        private final int events;
        private final Random random;
        private TransactionalSender sender;
        private int number;

        Transactions(SystemUnderTest system, int events, long seed) {
            this.system = system;
            this.events = events;
            this.random = new Random(seed);
        }

        @Override
        boolean hasSentEnough() {
            return committed.size() * IN_A_TRANSACTION >= events;
        }

        @Override
        void send() {
            try {
                if (sender == null) {
                    sender = new TransactionalSender(system.bootstrapServers(), system.topicName(), "filler", 2);
                }
                transaction("transaction-" + number++);
                if (number % 10 == 0) {
                    EventSender.sendTo(system.bootstrapServers(), system.topicName(), 2, IN_A_TRANSACTION);
                }
            } catch (KafkaException | IllegalStateException e) {
                // The broker was killed: nobody knows whether a commit was accepted.
                unknown++;
                end();
            }
            Killing.pause(150);
        }

        private void transaction(String source) {
            int fate = random.nextInt(30);
            if (fate > 10) {
                sender.commit(IN_A_TRANSACTION, source);
                committed.put(source, IN_A_TRANSACTION);
                return;
            }
            aborted.add(source);
            if (fate > 0) {
                sender.abort(IN_A_TRANSACTION, source);
            } else {
                sender.open(IN_A_TRANSACTION, source);
                end();
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
}
