package pipeline.validator.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.TopicIdentity;

/** The current state of the topic in Kafka. */
public sealed interface TopicState {
    /** No broker is set. */
    record NotConfigured() implements TopicState {}

    /**
     * The state is not known.
     *
     * @param reason why Kafka did not return it, in one line, for people
     */
    record Unknown(String reason) implements TopicState {}

    /**
     * @param offsets for each partition, from the first offset that Kafka still has to the last stable one: no transaction is
     *     open before it
     * @param backlog nothing if no event waits in these ranges
     * @param open nothing if no transaction is open
     * @param watchedSince when this validator was started
     */
    record Known(
            TopicIdentity topic,
            SortedMap<Integer, OffsetRange> offsets,
            Optional<Backlog> backlog,
            Optional<OpenTransactions> open,
            Instant watchedSince)
            implements TopicState {}

    /**
     * The events that wait to be committed.
     *
     * @param oldest timestamp of the oldest of them
     * @param retention how long Kafka keeps an event; nothing if it keeps them for ever, or does not say
     */
    record Backlog(Instant oldest, Optional<Duration> retention) {}

    /**
     * What the job cannot read yet, because transactions are open.
     *
     * @param offsets how many offsets wait behind the last stable ones
     * @param backlog the oldest of them
     * @param oldest the transaction that has been open for the longest time
     */
    record OpenTransactions(long offsets, Backlog backlog, Transaction oldest) {}

    /**
     * An open transaction.
     *
     * @param offset of its first event in this partition
     * @param since when it began, as far as Kafka says
     * @param producer who holds it, for people
     * @param timeout when Kafka itself should abort it; nothing if Kafka does not say
     * @param abort the command that aborts it
     */
    record Transaction(
            int partition, long offset, Instant since, String producer, Optional<Duration> timeout, String abort) {}
}
