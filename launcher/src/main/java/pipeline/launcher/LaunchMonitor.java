package pipeline.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Settings;
import pipeline.launcher.components.ProducerTotals;
import pipeline.launcher.components.ServiceClient;
import pipeline.launcher.components.TopicAdmin;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.StopException;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.progress.LedgerTotals;
import pipeline.launcher.progress.Reconciliation;
import pipeline.launcher.progress.Reconciliation.Snapshot;
import pipeline.launcher.progress.StallTimeout;
import pipeline.launcher.progress.StatusLine;
import pipeline.launcher.progress.StatusLine.Progress;
import pipeline.launcher.setup.LaunchConfig;

/**
 * Watches a healthy launch until it is time to stop: reads the progress from Kafka, the ledger and the producer, shows it, and
 * compares the counts at the end.
 */
final class LaunchMonitor {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final Duration NEXT_LINE = Duration.ofSeconds(10);
    /** The validator may read the ledger a moment later than the launcher. */
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(15);

    private final LaunchConfig config;
    private final Console console;
    private final Supervisor supervisor;
    private final TopicAdmin topic;
    private final ServiceClient producer;
    private final Path producerTotals;
    private final Path ledger;
    private final Snapshot start;
    private final StatusLine statusLine = new StatusLine();
    private LedgerTotals totals = LedgerTotals.NONE;
    private long statusDue = System.nanoTime();

    /** Must be created before validator, job and producer are started, because it reads the counts at the start. */
    LaunchMonitor(
            LaunchConfig config,
            Console console,
            Supervisor supervisor,
            TopicAdmin topic,
            ServiceClient producer,
            Path producerTotals)
            throws IOException {
        this.config = config;
        this.console = console;
        this.supervisor = supervisor;
        this.topic = topic;
        this.producer = producer;
        this.producerTotals = producerTotals;
        this.ledger = config.output().ledger(config.settings().get(Settings.RUN_ID));
        this.start = snapshot();
    }

    /**
     * Watches for the requested time, or until the requested events are committed, or until a signal stops the launch.
     *
     * @param sender the producer's process, unless it runs elsewhere
     * @return whether every count agrees, if the launch compares counts
     */
    boolean watch(Optional<ChildProcess> sender, ServiceClient validator) throws IOException {
        if (!config.untilCommitted()) {
            untilTimeIsUp(sender);
            return true;
        }
        awaitCommitted(sender);
        console.clearStatus();
        ProducerTotals sent = ProducerTotals.read(producerTotals)
                .orElseThrow(() -> new StopException("the producer ended without reporting its counts"));
        Reconciliation reconciliation = reconciliation(sent, snapshot(), validator);
        reconciliation.text().forEach(console::say);
        return reconciliation.agrees();
    }

    private void untilTimeIsUp(Optional<ChildProcess> sender) throws IOException {
        long began = System.nanoTime();
        boolean sending = sender.isPresent();
        while (config.duration().isEmpty()
                || System.nanoTime() - began < config.duration().get().toNanos()) {
            if (isStatusDue()) {
                show(progress(sender));
            }
            if (sending && !isAlive(sender)) {
                sending = false;
                console.say("the producer has sent all " + Settings.EVENT_LIMIT
                        + " events and ended; everything else keeps running");
            }
            supervisor.pause(POLL);
        }
    }

    /** After a stall, the committed events can still be compared, unless the producer has not finished. */
    private void awaitCommitted(Optional<ChildProcess> sender) throws IOException {
        StallTimeout timeout = StallTimeout.of(config.settings());
        Progress progress = progress(sender);
        while (isAlive(sender) || progress.lag().orElse(1) != 0) {
            supervisor.pause(POLL);
            progress = progress(sender);
            if (isStatusDue()) {
                show(progress);
            }
            if (timeout.isOver(progress, System.nanoTime())) {
                String reason =
                        "nothing was sent or committed for " + timeout.limit().toSeconds() + " s; giving up";
                if (isAlive(sender)) {
                    throw new StopException(reason);
                }
                console.say(reason);
                return;
            }
        }
    }

    private Reconciliation reconciliation(ProducerTotals sent, Snapshot after, ServiceClient validator)
            throws IOException {
        long asked = config.settings().get(Settings.EVENT_LIMIT).orElseThrow();
        String run = OutputTree.RUN_PREFIX + config.settings().get(Settings.RUN_ID);
        long began = System.nanoTime();
        while (true) {
            Reconciliation reconciliation =
                    new Reconciliation(asked, sent.acked(), start, after, run, validator.aggregates(run));
            if (!reconciliation.mayValidatorCatchUp() || System.nanoTime() - began > CATCH_UP_LIMIT.toNanos()) {
                return reconciliation;
            }
            supervisor.pause(POLL);
        }
    }

    /** Reads the ledger first, so that it cannot be ahead of Kafka's end offsets. */
    private Snapshot snapshot() throws IOException {
        totals = totals.withNewRecords(ledger);
        return kafka();
    }

    /** Asks for the ends first, so that each partition that has an end also has a first offset. */
    private Snapshot kafka() {
        Map<Integer, Long> ends = topic.endOffsets();
        return new Snapshot(topic.firstOffsets(), ends, totals);
    }

    private Progress progress(Optional<ChildProcess> sender) throws IOException {
        totals = totals.withNewRecords(ledger);
        OptionalLong sent = hasEnded(sender) ? sentAtTheEnd() : producer.sent();
        return new Progress(
                sent,
                totals.rows() - start.ledger().rows(),
                totals.rejected() - start.ledger().rejected(),
                lag());
    }

    /** A broker that is suspended, as on a sleeping laptop, does not end the launch. */
    private OptionalLong lag() {
        try {
            return OptionalLong.of(kafka().lag());
        } catch (KafkaException e) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong sentAtTheEnd() throws IOException {
        return ProducerTotals.read(producerTotals)
                .map(totals -> OptionalLong.of(totals.sent()))
                .orElseGet(OptionalLong::empty);
    }

    private static boolean hasEnded(Optional<ChildProcess> sender) {
        return sender.isPresent() && !isAlive(sender);
    }

    private static boolean isAlive(Optional<ChildProcess> sender) {
        return sender.filter(ChildProcess::isAlive).isPresent();
    }

    private boolean isStatusDue() {
        return System.nanoTime() - statusDue >= 0;
    }

    private void show(Progress progress) {
        long now = System.nanoTime();
        console.status(statusLine.text(progress, now));
        statusDue = now + (console.isTerminal() ? REDRAW : NEXT_LINE).toNanos();
    }
}
