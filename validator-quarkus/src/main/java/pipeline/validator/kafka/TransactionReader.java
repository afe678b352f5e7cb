package pipeline.validator.kafka;

import static pipeline.validator.kafka.BacklogReader.ifAllowed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.validator.kafka.TopicState.Backlog;
import pipeline.validator.kafka.TopicState.OpenTransactions;
import pipeline.validator.kafka.TopicState.Transaction;

/** Finds out what waits behind open transactions, and who holds the oldest of them as far as the rights allow. */
record TransactionReader(Admin admin, KafkaEndpoint kafka) {

    /**
     * @param stable the last stable offset of each partition where a transaction is open
     * @param offsets how many offsets are behind these
     * @return nothing if no transaction is open
     */
    Optional<OpenTransactions> read(Map<TopicPartition, Long> stable, long offsets)
            throws ExecutionException, InterruptedException {
        BacklogReader times = new BacklogReader(admin, kafka.topic());
        Optional<Backlog> backlog = times.read(stable);
        if (backlog.isEmpty()) {
            return Optional.empty();
        }
        TopicPartition oldest = times.oldestOf(stable, backlog.get());
        return Optional.of(new OpenTransactions(
                offsets,
                backlog.get(),
                transaction(oldest, stable.get(oldest), backlog.get().oldest())));
    }

    private Transaction transaction(TopicPartition partition, long offset, Instant firstEvent)
            throws ExecutionException, InterruptedException {
        Optional<PartitionProducerState> producers =
                ifAllowed(admin.describeProducers(List.of(partition)).partitionResult(partition));
        Optional<ProducerState> holder = producers.flatMap(state -> state.activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().orElse(-1) == offset)
                .findFirst());
        Optional<TransactionListing> id = holder.isEmpty()
                ? Optional.empty()
                : ifAllowed(admin.listTransactions(new ListTransactionsOptions()
                                        .filterProducerIds(Set.of(holder.get().producerId())))
                                .all())
                        .flatMap(found -> found.stream().findFirst());
        Optional<TransactionDescription> described = id.isEmpty()
                ? Optional.empty()
                : ifAllowed(admin.describeTransactions(List.of(id.get().transactionalId()))
                        .description(id.get().transactionalId()));
        return new Transaction(
                partition.partition(),
                offset,
                described
                        .flatMap(transaction -> transaction.transactionStartTimeMs().stream()
                                .mapToObj(Instant::ofEpochMilli)
                                .findFirst())
                        .orElse(firstEvent),
                producers.isPresent()
                        ? producer(holder, id)
                        : "an unknown producer, since the right READ on the topic is missing",
                described.map(transaction -> Duration.ofMillis(transaction.transactionTimeoutMs())),
                abort(partition, offset));
    }

    private static String producer(Optional<ProducerState> holder, Optional<TransactionListing> id) {
        return holder.map(producer -> "producer id " + producer.producerId()
                        + id.map(known -> " (transactional id " + known.transactionalId() + ")")
                                .orElse(", whose transactional id needs the right DESCRIBE on it"))
                .orElse("a producer that Kafka does not name");
    }

    private String abort(TopicPartition partition, long offset) {
        return "kafka-transactions --bootstrap-server "
                + kafka.bootstrapServers().split(",")[0] + " abort --topic " + kafka.topic() + " --partition "
                + partition.partition() + " --start-offset " + offset;
    }
}
