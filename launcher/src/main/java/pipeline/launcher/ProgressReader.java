package pipeline.launcher;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import pipeline.events.settings.Settings;
import pipeline.launcher.components.ProducerTotals;
import pipeline.launcher.components.ServiceClient;
import pipeline.launcher.components.TopicAdmin;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.progress.LedgerFollower;
import pipeline.launcher.progress.LedgerTotals;
import pipeline.launcher.progress.Progress;
import pipeline.launcher.progress.Reconciliation.Snapshot;
import pipeline.launcher.setup.LaunchConfig;

/** Sees how far the events are, from Kafka, the ledger and the producer, and remembers how it was at the start. */
final class ProgressReader {
    private final TopicAdmin topic;
    private final ServiceClient producer;
    private final LedgerFollower ledger;
    private final Snapshot start;

    /** Looks at the start, so before validator, job and producer are started. */
    ProgressReader(LaunchConfig config, TopicAdmin topic, ServiceClient producer) throws IOException {
        Settings settings = config.settings();
        this.topic = topic;
        this.producer = producer;
        this.ledger = new LedgerFollower(config.output().ledger(settings.runId()));
        this.start = snapshot();
    }

    Snapshot start() {
        return start;
    }

    /** The ledger is read first, so that it can't be ahead of the ends. */
    Snapshot snapshot() throws IOException {
        LedgerTotals totals = ledger.read();
        return new Snapshot(topic.firstOffsets(), topic.endOffsets(), totals);
    }

    /** @param sender the producer's process, whose last word counts once it has ended */
    Progress progress(ChildProcess sender) throws IOException {
        LedgerTotals now = ledger.read();
        OptionalLong sent = sender.markedLine()
                .flatMap(ProducerTotals::parse)
                .map(totals -> OptionalLong.of(totals.sent()))
                .orElseGet(producer::sent);
        return new Progress(
                sent,
                now.rows() - start.ledger().rows(),
                now.rejected() - start.ledger().rejected(),
                lag(now));
    }

    /** A broker that is paused, as on a laptop that slept, doesn't end the run. */
    private OptionalLong lag(LedgerTotals now) {
        try {
            Map<Integer, Long> ends = topic.endOffsets();
            return OptionalLong.of(now.lag(start.first(), ends));
        } catch (KafkaException e) {
            return OptionalLong.empty();
        }
    }
}
