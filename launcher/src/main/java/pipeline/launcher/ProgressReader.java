package pipeline.launcher;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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

/** Reads the progress of the events from Kafka, the ledger and the producer, relative to the start of the launch. */
final class ProgressReader {
    private final TopicAdmin topic;
    private final ServiceClient producer;
    private final LedgerFollower ledger;
    private final Snapshot start;

    /** Must be created before validator, job and producer are started, because it reads the counts at the start. */
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

    /** Reads the ledger first, so that it cannot be ahead of Kafka's end offsets. */
    Snapshot snapshot() throws IOException {
        LedgerTotals totals = ledger.read();
        return new Snapshot(topic.firstOffsets(), topic.endOffsets(), totals);
    }

    /** @param sender the producer's process, if started here; its last line has the final count once it has ended */
    Progress progress(Optional<ChildProcess> sender) throws IOException {
        LedgerTotals now = ledger.read();
        OptionalLong sent = sender.flatMap(ChildProcess::markedLine)
                .flatMap(ProducerTotals::parse)
                .map(totals -> OptionalLong.of(totals.sent()))
                .orElseGet(producer::sent);
        return new Progress(
                sent,
                now.rows() - start.ledger().rows(),
                now.rejected() - start.ledger().rejected(),
                lag(now));
    }

    /** A broker that is suspended, as on a sleeping laptop, does not end the launch. */
    private OptionalLong lag(LedgerTotals now) {
        try {
            Map<Integer, Long> ends = topic.endOffsets();
            return OptionalLong.of(now.lag(start.first(), ends));
        } catch (KafkaException e) {
            return OptionalLong.empty();
        }
    }
}
