package pipeline.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.launcher.components.ProducerTotals;
import pipeline.launcher.components.ServiceClient;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.StopException;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.progress.Progress;
import pipeline.launcher.progress.Reconciliation;
import pipeline.launcher.progress.Reconciliation.Snapshot;
import pipeline.launcher.progress.StallTimeout;
import pipeline.launcher.progress.StatusLine;
import pipeline.launcher.setup.LaunchConfig;

/** Watches a healthy launch until it is time to stop: shows the status, and compares the counts at the end. */
final class LaunchMonitor {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final Duration NEXT_LINE = Duration.ofSeconds(10);
    /** The validator may read the ledger a moment later than the launcher. */
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(15);

    private final LaunchConfig config;
    private final Console console;
    private final Supervisor supervisor;
    private final ProgressReader reader;
    private final Optional<ChildProcess> sender;
    private final StatusLine statusLine = new StatusLine();
    private long statusDue = System.nanoTime();

    LaunchMonitor(
            LaunchConfig config,
            Console console,
            Supervisor supervisor,
            ProgressReader reader,
            Optional<ChildProcess> sender) {
        this.config = config;
        this.console = console;
        this.supervisor = supervisor;
        this.reader = reader;
        this.sender = sender;
    }

    /** Shows the status for the requested time, or until a signal stops the launch. */
    void untilTimeIsUp() throws IOException {
        long began = System.nanoTime();
        boolean sending = sender.isPresent();
        while (config.duration().isEmpty()
                || System.nanoTime() - began < config.duration().get().toNanos()) {
            if (isStatusDue()) {
                show(reader.progress(sender));
            }
            if (sending && !isSending()) {
                sending = false;
                console.say("the producer has sent all EVENT_LIMIT events and ended; everything else keeps running");
            }
            supervisor.pause(POLL);
        }
    }

    /**
     * Waits until the producer's events are committed, and compares the counts.
     *
     * @return whether every number agrees
     */
    boolean untilCommitted(ServiceClient validator) throws IOException {
        awaitCommitted();
        console.clearStatus();
        ProducerTotals totals = sender.flatMap(ChildProcess::markedLine)
                .flatMap(ProducerTotals::parse)
                .orElseThrow(() -> new StopException("the producer ended without reporting its counts"));
        Reconciliation reconciliation = reconciliation(totals, reader.snapshot(), validator);
        reconciliation.text().forEach(console::say);
        return reconciliation.agrees();
    }

    private void awaitCommitted() throws IOException {
        StallTimeout timeout = StallTimeout.of(config.settings());
        Progress progress = reader.progress(sender);
        while (isSending() || progress.lag().orElse(1) != 0) {
            supervisor.pause(POLL);
            progress = reader.progress(sender);
            if (isStatusDue()) {
                show(progress);
            }
            if (timeout.isOver(progress, System.nanoTime())) {
                giveUp(timeout);
                return;
            }
        }
    }

    /** The committed events can still be compared, unless the producer has not finished. */
    private void giveUp(StallTimeout timeout) {
        String reason = "nothing was sent or committed for " + timeout.limit().toSeconds() + " s; giving up";
        if (isSending()) {
            throw new StopException(reason);
        }
        console.say(reason);
    }

    private Reconciliation reconciliation(ProducerTotals totals, Snapshot after, ServiceClient validator)
            throws IOException {
        long asked = config.settings().eventLimit().orElseThrow();
        String run = OutputTree.RUN_PREFIX + config.settings().runId();
        long began = System.nanoTime();
        while (true) {
            Reconciliation reconciliation =
                    new Reconciliation(asked, totals.acked(), reader.start(), after, run, validator.aggregates(run));
            if (!reconciliation.mayValidatorCatchUp() || System.nanoTime() - began > CATCH_UP_LIMIT.toNanos()) {
                return reconciliation;
            }
            supervisor.pause(POLL);
        }
    }

    private boolean isSending() {
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
