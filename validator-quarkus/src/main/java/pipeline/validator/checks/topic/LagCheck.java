package pipeline.validator.checks.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import pipeline.events.Timestamps;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.output.LedgerRecord;
import pipeline.events.settings.Settings;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.kafka.TopicState;
import pipeline.validator.kafka.TopicState.Backlog;
import pipeline.validator.kafka.TopicState.OpenTransactions;
import pipeline.validator.kafka.TopicState.Transaction;

/**
 * The run that committed last is close to the end of the topic, the job that writes it has not stopped, and it was read from
 * this topic. The end is the last stable offset; what waits behind an open transaction is reported separately. A broker that
 * does not answer is a warning: that says nothing about the data.
 *
 * @param warn events behind Kafka
 * @param stalledFail how long events may wait without any commit
 */
public record LagCheck(long warn, Duration stalledFail) implements Check {
    /** Waiting events are a failure if Kafka will delete one within its retention divided by this. */
    private static final int SOON = 4;

    /** How long a transaction may be open if its timeout is not known. */
    private static final Duration LONG_OPEN = Duration.ofMinutes(5);

    @Override
    public Finding check(Evidence evidence) {
        Rule rule = new Rule("lag", "at most " + warn + " events behind Kafka");
        if (evidence.topic() instanceof TopicState.NotConfigured) {
            return rule.noData("no broker set", "Set " + Settings.KAFKA_BOOTSTRAP_SERVERS + " to check the lag.");
        }
        if (evidence.topic() instanceof TopicState.Unknown unknown) {
            return rule.warn("not known", unknown.reason());
        }
        TopicState.Known topic = (TopicState.Known) evidence.topic();
        if (evidence.data().isUncommitted() && isStalled(evidence, stalledFail)) {
            return rule.failed(Counted.of(length(topic), "event"), neverCommitted(topic));
        }
        if (evidence.ledgers().isEmpty()) {
            return rule.noData("no ledger", "No ledger says which offsets were read.");
        }
        return evidence.data()
                .currentRun()
                .map(run -> check(rule, run, topic, evidence.data().asOf()))
                .orElseGet(() -> rule.noData(
                        "an earlier run",
                        "Another run has committed later: "
                                + evidence.data().latestRun().orElseThrow() + "."));
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "If it fails, the job has stopped, or Kafka will delete waiting events before the job has read them: see the"
                + " log of the job, restart the job, or increase the topic's `retention.ms` until it has caught up. If it"
                + " warns, the job is behind Kafka, a transaction has been open for too long, the broker does not answer,"
                + " or it is not the broker that the run was read from: check `" + Settings.KAFKA_BOOTSTRAP_SERVERS
                + "` and `" + Settings.KAFKA_TOPIC + "`.";
    }

    private static long length(TopicState.Known topic) {
        return topic.offsets().values().stream().mapToLong(OffsetRange::length).sum();
    }

    static String neverCommitted(TopicState.Known topic) {
        return "Events have been waiting in Kafka since "
                + Timestamps.format(topic.backlog().orElseThrow().oldest())
                + ", but nothing was ever committed. Start the job.";
    }

    private static Optional<LedgerRecord> newest(Evidence evidence) {
        return evidence.data()
                .currentRun()
                .flatMap(run -> run.commits().ledger())
                .map(LedgerSummary::newest);
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

    /** Returns whether events have waited for this long while nothing was committed. */
    static boolean isStalled(Evidence evidence, Duration limit) {
        if (!(evidence.topic() instanceof TopicState.Known topic)) {
            return false;
        }
        Instant now = evidence.data().asOf();
        return evidence.data().isUncommitted()
                ? isStalled(topic.watchedSince(), topic, now, limit)
                : evidence.data()
                        .currentRun()
                        .filter(run -> isStalled(run.commits().last(), topic, now, limit))
                        .isPresent();
    }

    /** @param quiet the time since which nothing was committed */
    private static boolean isStalled(Instant quiet, TopicState.Known topic, Instant now, Duration limit) {
        Instant since = now.minus(limit);
        return quiet.isBefore(since)
                && topic.backlog()
                        .filter(waiting -> waiting.oldest().isBefore(since))
                        .isPresent();
    }

    private Finding check(Rule rule, RunSnapshot run, TopicState.Known topic, Instant now) {
        LedgerRecord record = run.commits().ledger().orElseThrow().newest();
        if (record.topic().difference(topic.topic()).isPresent()) {
            return rule.warn(
                    "another topic",
                    "The run was read from " + record.topic() + ", but this is " + topic.topic() + ".");
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
        return distance(rule, run, lag(record, topic), topic, now);
    }

    private Finding distance(Rule rule, RunSnapshot run, long lag, TopicState.Known topic, Instant now) {
        String observed = Counted.of(lag, "event")
                + topic.open()
                        .map(open -> ", and " + Counted.of(open.offsets(), "offset") + " behind an open transaction")
                        .orElse("");
        String loss = topic.backlog().flatMap(backlog -> loss(backlog, now)).orElse("");
        if (isStalled(run.commits().last(), topic, now, stalledFail)) {
            return rule.failed(
                    observed,
                    "The job has stopped: events are waiting, but the last commit was at "
                            + Timestamps.format(run.commits().last()) + "." + loss + " Start the job.");
        }
        if (topic.backlog().filter(backlog -> isLostSoon(backlog, now)).isPresent()) {
            return rule.failed(observed, "The job is too far behind Kafka." + loss + " Let it catch up.");
        }
        Optional<OpenTransactions> open = topic.open();
        if (open.filter(waiting -> isLostSoon(waiting.backlog(), now)).isPresent()) {
            return rule.failed(
                    observed,
                    "The job cannot read events behind an open transaction."
                            + loss(open.get().backlog(), now).orElse("") + " "
                            + describe(open.get().oldest()));
        }
        if (open.filter(waiting -> isOpenTooLong(waiting.oldest(), now)).isPresent()) {
            return rule.warn(
                    observed,
                    "The job cannot read events behind an open transaction. "
                            + describe(open.get().oldest()));
        }
        return lag > warn
                ? rule.warn(observed, "The job is behind Kafka. Is it running?")
                : rule.ok(observed, "The job keeps up with Kafka.");
    }

    private static boolean isOpenTooLong(Transaction transaction, Instant now) {
        Duration limit = transaction.timeout().orElse(LONG_OPEN);
        return transaction.since().isBefore(now.minus(limit));
    }

    private static String describe(Transaction transaction) {
        return "It is open in partition " + transaction.partition() + " from offset " + transaction.offset()
                + ", since "
                + Timestamps.format(transaction.since()) + ", by " + transaction.producer() + ". To abort it: "
                + transaction.abort() + ".";
    }

    private static boolean isLostSoon(Backlog backlog, Instant now) {
        return backlog.retention()
                .filter(retention -> left(backlog, retention, now).compareTo(retention.dividedBy(SOON)) < 0)
                .isPresent();
    }

    private static Optional<String> loss(Backlog backlog, Instant now) {
        return backlog.retention().map(retention -> {
            Duration left = left(backlog, retention, now);
            return left.isNegative()
                    ? " Kafka may delete the oldest of them at any moment."
                    : " Kafka deletes the oldest of them in " + FreshnessCheck.text(left) + ".";
        });
    }

    private static Duration left(Backlog backlog, Duration retention, Instant now) {
        return Duration.between(now, backlog.oldest().plus(retention));
    }
}
