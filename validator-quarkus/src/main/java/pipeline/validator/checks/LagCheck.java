package pipeline.validator.checks;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetRange;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.kafka.TopicState;

/**
 * The run that committed last is close to the end of the topic, and it was read from this topic. A broker that does not
 * answer is a warning: it says nothing about the data.
 */
public record LagCheck(long warn) implements Check {
    @Override
    public Finding check(Evidence evidence) {
        Rule rule = new Rule("lag", "at most " + warn + " events behind Kafka");
        if (evidence.topic() instanceof TopicState.NotConfigured) {
            return rule.noData("no broker set", "Set KAFKA_BOOTSTRAP_SERVERS to check the lag.");
        }
        if (evidence.topic() instanceof TopicState.Unknown unknown) {
            return rule.warn("not known", unknown.reason());
        }
        TopicState.Known topic = (TopicState.Known) evidence.topic();
        return newest(evidence)
                .map(record -> check(rule, record, topic))
                .orElseGet(() -> rule.noData("no ledger", "No ledger says which offsets were read."));
    }

    private static Optional<LedgerRecord> newest(Evidence evidence) {
        return evidence.data().runs().stream()
                .filter(run -> run.ledger().isPresent())
                .max(Comparator.comparing(RunSnapshot::changed))
                .map(run -> run.ledger().orElseThrow().newest());
    }

    /** Returns how many events the run that committed last is behind Kafka, if both sides are known. */
    public static OptionalLong lag(Evidence evidence) {
        Optional<LedgerRecord> record = newest(evidence);
        return record.isPresent() && evidence.topic() instanceof TopicState.Known topic
                ? OptionalLong.of(lag(record.get(), topic))
                : OptionalLong.empty();
    }

    private static long lag(LedgerRecord record, TopicState.Known topic) {
        Map<Integer, Long> read = record.until();
        return topic.offsets().entrySet().stream()
                .mapToLong(kept -> kept.getValue().until()
                        - read.getOrDefault(kept.getKey(), kept.getValue().from()))
                .map(unread -> Math.max(0, unread))
                .sum();
    }

    private Finding check(Rule rule, LedgerRecord record, TopicState.Known topic) {
        if (!record.topicId().equals(topic.topicId()) || !record.clusterId().equals(topic.clusterId())) {
            return rule.warn(
                    "another topic",
                    "The run was read from topic " + record.topic() + " (" + record.topicId() + ") of cluster "
                            + record.clusterId() + ", but this is topic " + topic.topic() + " (" + topic.topicId()
                            + ") of cluster " + topic.clusterId() + ".");
        }
        for (Map.Entry<Integer, Long> partition : record.until().entrySet()) {
            OffsetRange kept = topic.offsets().get(partition.getKey());
            String read = "Partition " + partition.getKey() + " was read up to " + partition.getValue() + ", but ";
            if (kept == null || partition.getValue() > kept.until()) {
                String end = kept == null ? "does not exist" : "ends at " + kept.until();
                return rule.failed("ahead of Kafka", read + end + ": Kafka lost events.");
            }
            if (partition.getValue() < kept.from()) {
                return rule.failed("events aged out", read + "Kafka only has offsets from " + kept.from() + " on.");
            }
        }
        long lag = lag(record, topic);
        return lag > warn
                ? rule.warn(lag + " events", "The job is behind Kafka. Is it running?")
                : rule.ok(lag + " events", "The job keeps up with Kafka.");
    }
}
