package pipeline.streaming.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import pipeline.events.kafka.KafkaFailures;
import pipeline.events.offsets.OffsetRange;
import pipeline.streaming.lifecycle.NoRecordsException;

/**
 * Reads the committed records of given offsets with Kafka's consumer. For one thread, and for one reading until it is given back.
 * Each method throws a {@link org.apache.kafka.common.KafkaException} when no record has come for a while.
 */
public final class RecordReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    /** After so long without a record, it asks whether the brokers still accept connections. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(5);

    /** In bytes: more than a producer's usual batch, but so little that one answer has a batch of many partitions. */
    private static final int LEAST_FETCHED = 64 << 10;

    /** Kafka's default, in bytes for each partition. */
    private static final int MOST_FETCHED = 1 << 20;

    /** In bytes. So little that what four tasks have fetched fits into a small heap. */
    private static final int ANSWER = 8 << 20;

    private static final int MOST_POLLED = 1 << 13;

    /** Readers that no task uses, the one that was used last first: connecting takes longer than reading a small batch. */
    private static final Deque<RecordReader> IDLE = new ArrayDeque<>();

    private static final int MOST_IDLE = 2 * Runtime.getRuntime().availableProcessors();

    private final String topic;
    private final Map<String, Object> settings;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration patience;
    private long waitedNanos;

    private RecordReader(String topic, Map<String, Object> settings, Duration patience) {
        this.topic = topic;
        this.settings = settings;
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.patience = patience;
    }

    /**
     * Returns one for many records of unknown size.
     *
     * @param consumer settings of {@link KafkaSource#consumer}
     */
    public static RecordReader borrow(String topic, Map<String, Object> consumer) {
        return borrow(topic, consumer, BatchBounds.FIRST_PATIENCE, BatchBounds.USUAL_BYTES, Long.MAX_VALUE);
    }

    /**
     * Returns one for the records of a batch.
     *
     * @param patience how long it waits for the next record
     * @param bytesPerRecord how large records are, as far as that is known
     * @param most the largest number of records to read from a partition
     */
    static RecordReader borrow(
            String topic, Map<String, Object> consumer, Duration patience, double bytesPerRecord, long most) {
        Map<String, Object> settings = new HashMap<>(consumer);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, ANSWER);
        settings.put(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                powerOfTwo(most * bytesPerRecord, LEAST_FETCHED, MOST_FETCHED));
        // With fewer records than an answer has, the next one is requested for some of the partitions only.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, powerOfTwo(ANSWER / bytesPerRecord, 1, MOST_POLLED));
        return idle(topic, settings).orElseGet(() -> new RecordReader(topic, settings, patience));
    }

    /** Returns a power of two that is not less than this, unless a limit is, so that there are few different settings. */
    private static int powerOfTwo(double value, int least, int most) {
        long rounded = Long.highestOneBit((long) Math.min(value, most)) * 2;
        return (int) Math.max(least, Math.min(most, rounded));
    }

    private static Optional<RecordReader> idle(String topic, Map<String, Object> settings) {
        synchronized (IDLE) {
            Optional<RecordReader> found = IDLE.stream()
                    .filter(reader -> reader.topic.equals(topic) && reader.settings.equals(settings))
                    .findFirst();
            found.ifPresent(IDLE::remove);
            return found;
        }
    }

    /** Keeps it for another task. Only for one whose last reading is complete. */
    public void giveBack() {
        // Forgets what is paused and what was fetched ahead.
        consumer.unsubscribe();
        synchronized (IDLE) {
            IDLE.addFirst(this);
            if (IDLE.size() > MOST_IDLE) {
                IDLE.removeLast().close();
            }
        }
    }

    /**
     * Returns one for a few records of many partitions, some of which may have a long backlog.
     *
     * @param consumer settings of {@link KafkaSource#consumer}
     */
    public static RecordReader inSmallSteps(String topic, Map<String, Object> consumer) {
        Map<String, Object> settings = new HashMap<>(consumer);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LEAST_FETCHED);
        return new RecordReader(topic, settings, BatchBounds.FIRST_PATIENCE);
    }

    /** Returns the records of these ranges, which are fetched when they are asked for; those of a partition come in order. */
    public Iterator<ConsumerRecord<byte[], byte[]>> records(Map<Integer, OffsetRange> ranges) {
        return new Records(ranges);
    }

    private final class Records implements Iterator<ConsumerRecord<byte[], byte[]>> {
        private final Map<Integer, OffsetRange> ranges;
        private final Map<TopicPartition, Long> open;
        private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();

        Records(Map<Integer, OffsetRange> ranges) {
            this.ranges = ranges;
            this.open = start(ranges);
        }

        @Override
        public boolean hasNext() {
            while (!fetched.hasNext() && !open.isEmpty()) {
                fetched = within(ranges, fetch(open));
            }
            return fetched.hasNext();
        }

        @Override
        public ConsumerRecord<byte[], byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return fetched.next();
        }
    }

    /** Returns the first two records in each of these ranges, in order; fewer where there are fewer. */
    public Map<Integer, List<ConsumerRecord<byte[], byte[]>>> firstTwo(Map<Integer, OffsetRange> ranges) {
        Map<TopicPartition, Long> open = start(ranges);
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
        ranges.keySet().forEach(partition -> found.put(partition, new ArrayList<>()));
        while (!open.isEmpty()) {
            within(ranges, fetch(open))
                    .forEachRemaining(record -> found.get(record.partition()).add(record));
            close(open, partition -> found.get(partition.partition()).size() >= 2);
        }
        found.replaceAll((partition, records) -> records.subList(0, Math.min(2, records.size())));
        return found;
    }

    /** Returns where each partition ends that has something to read. */
    private Map<TopicPartition, Long> start(Map<Integer, OffsetRange> ranges) {
        waitedNanos = 0;
        Map<TopicPartition, Long> open = new HashMap<>();
        ranges.forEach((partition, range) -> open.put(new TopicPartition(topic, partition), range.until()));
        consumer.assign(open.keySet());
        ranges.forEach((partition, range) -> consumer.seek(new TopicPartition(topic, partition), range.from()));
        return open;
    }

    /** Waits for records, or for the end of a partition, which may have none there. Closes partitions that were read. */
    private ConsumerRecords<byte[], byte[]> fetch(Map<TopicPartition, Long> open) {
        long began = System.nanoTime();
        long asked = began;
        int closed;
        ConsumerRecords<byte[], byte[]> fetched;
        do {
            if (System.nanoTime() - began > patience.toNanos()) {
                throw new NoRecordsException("no records of " + topic + " for " + patience.toSeconds() + " s");
            }
            if (System.nanoTime() - asked > SUSPICIOUS.toNanos()) {
                requireBroker();
                asked = System.nanoTime();
            }
            fetched = consumer.poll(POLL);
            closed = close(open, partition -> consumer.position(partition) >= open.get(partition));
        } while (fetched.isEmpty() && closed == 0);
        waitedNanos += System.nanoTime() - began;
        return fetched;
    }

    /** A broker that is down is not waited for here, since the job does that, and says so every ten seconds. */
    private void requireBroker() {
        String servers = settings.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG).toString();
        if (!KafkaFailures.anyAccepts(servers)) {
            throw new TimeoutException("Kafka at " + servers + " does not accept connections");
        }
    }

    /** Returns how long the last reading has waited for records so far. */
    long waitedNanos() {
        return waitedNanos;
    }

    private int close(Map<TopicPartition, Long> open, Predicate<TopicPartition> isRead) {
        List<TopicPartition> read = open.keySet().stream().filter(isRead).toList();
        open.keySet().removeAll(read);
        consumer.pause(read);
        return read.size();
    }

    /** Leaves out what was fetched beyond the end of a range. */
    private static Iterator<ConsumerRecord<byte[], byte[]>> within(
            Map<Integer, OffsetRange> ranges, ConsumerRecords<byte[], byte[]> fetched) {
        List<ConsumerRecord<byte[], byte[]>> within = new ArrayList<>(fetched.count());
        for (TopicPartition partition : fetched.partitions()) {
            long until = ranges.get(partition.partition()).until();
            for (ConsumerRecord<byte[], byte[]> record : fetched.records(partition)) {
                if (record.offset() < until) {
                    within.add(record);
                }
            }
        }
        return within.iterator();
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }
}
