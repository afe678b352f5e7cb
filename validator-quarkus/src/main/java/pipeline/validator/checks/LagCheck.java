package pipeline.validator.checks;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetRange;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.checks.evidence.Finding;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.kafka.TopicState;

/**
 * The run committed last is close to the end of the topic, and the topic is the one that it was read from. A broker that
 * does not answer is a warning: it says nothing about the data.
 */
public final class LagCheck implements Check {
    static final String NAME = "lag";

    private final long warn;

    public LagCheck(long warn) {
        this.warn = warn;
    }

    @Override
    public Finding check(Evidence evidence) {
        String expected = "at most " + warn + " events behind Kafka";
        if (evidence.topic() instanceof TopicState.NotConfigured) {
            return new Finding(
                    NAME, Status.NO_DATA, "no broker set", expected, "Set KAFKA_BOOTSTRAP_SERVERS to check the lag.");
        }
        if (evidence.topic() instanceof TopicState.Unreachable broker) {
            return new Finding(
                    NAME,
                    Status.WARN,
                    "no answer",
                    expected,
                    "Kafka at " + broker.servers() + " can't be asked: " + broker.reason());
        }
        TopicState.Known topic = (TopicState.Known) evidence.topic();
        return newest(evidence)
                .map(record -> check(record, topic, expected))
                .orElseGet(() -> new Finding(
                        NAME, Status.NO_DATA, "no ledger", expected, "No ledger says which offsets were read."));
    }

    private static Optional<LedgerRecord> newest(Evidence evidence) {
        return evidence.ledgers().stream()
                .max(Comparator.comparing(RunSnapshot::changed))
                .map(run -> run.ledger().orElseThrow().newest());
    }

    /** Returns how many events behind Kafka the run committed last is, if both sides are known. */
    public static OptionalLong lag(Evidence evidence) {
        Optional<LedgerRecord> record = newest(evidence);
        return record.isPresent() && evidence.topic() instanceof TopicState.Known topic
                ? OptionalLong.of(lag(record.get(), topic))
                : OptionalLong.empty();
    }

    private static long lag(LedgerRecord record, TopicState.Known topic) {
        Map<Integer, Long> read = record.until();
        long lag = 0;
        for (Map.Entry<Integer, OffsetRange> partition : topic.offsets().entrySet()) {
            long from =
                    read.getOrDefault(partition.getKey(), partition.getValue().from());
            lag += Math.max(0, partition.getValue().until() - from);
        }
        return lag;
    }

    private Finding check(LedgerRecord record, TopicState.Known topic, String expected) {
        if (!record.topicId().equals(topic.topicId()) || !record.clusterId().equals(topic.clusterId())) {
            return new Finding(
                    NAME,
                    Status.WARN,
                    "another topic",
                    expected,
                    "The run was read from topic " + record.topic() + " (" + record.topicId() + ") of cluster "
                            + record.clusterId() + ", and this is " + topic.topic() + " (" + topic.topicId()
                            + ") of cluster " + topic.clusterId() + ".");
        }
        for (Map.Entry<Integer, Long> partition : record.until().entrySet()) {
            OffsetRange kept = topic.offsets().get(partition.getKey());
            if (kept == null || partition.getValue() > kept.until()) {
                return new Finding(
                        NAME,
                        Status.FAILED,
                        "ahead of Kafka",
                        expected,
                        "Partition " + partition.getKey() + " was read up to " + partition.getValue() + ", but ends at "
                                + (kept == null ? "nothing" : Long.toString(kept.until())) + ": Kafka lost events.");
            }
            if (partition.getValue() < kept.from()) {
                return new Finding(
                        NAME,
                        Status.FAILED,
                        "events aged out",
                        expected,
                        "Partition " + partition.getKey() + " was read up to " + partition.getValue()
                                + ", but Kafka keeps it from " + kept.from() + " on only.");
            }
        }
        long lag = lag(record, topic);
        return lag > warn
                ? new Finding(NAME, Status.WARN, lag + " events", expected, "The job is behind: is it running?")
                : new Finding(NAME, Status.OK, lag + " events", expected, "The job keeps up with Kafka.");
    }
}
