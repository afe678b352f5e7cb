package pipeline.launcher;

import java.io.IOException;
import java.time.Duration;
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

/** What happens from when all is healthy until it is time to stop. */
final class LaunchMonitor {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final Duration NEXT_LINE = Duration.ofSeconds(10);
    /** The validator may look at the ledger a moment later than the launcher. */
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(15);

    private final LaunchConfig config;
    private final Console console;
    private final Supervisor supervisor;
    private final ProgressReader observation;
    private final ChildProcess sender;
    private final StatusLine statusLine = new StatusLine();
    private long statusDue = System.nanoTime();

    LaunchMonitor(
            LaunchConfig config,
            Console console,
            Supervisor supervisor,
            ProgressReader observation,
            ChildProcess sender) {
        this.config = config;
        this.console = console;
        this.supervisor = supervisor;
        this.observation = observation;
        this.sender = sender;
    }

    /** Shows the status until the time that was asked for is over, or for ever. */
    void untilOver() throws IOException {
        long began = System.nanoTime();
        boolean sending = true;
        while (config.duration().isEmpty()
                || System.nanoTime() - began < config.duration().get().toNanos()) {
            if (isStatusDue()) {
                show(observation.progress(sender));
            }
            if (sending && !sender.isAlive()) {
                sending = false;
                console.say("the producer has sent the events of its limit and ended; all else goes on");
            }
            supervisor.pause(POLL);
        }
    }

    /**
     * Waits until the producer's events are committed, and compares.
     *
     * @return whether every number agrees
     */
    boolean untilCommitted(ServiceClient validator) throws IOException {
        awaitCommitted();
        console.clearStatus();
        ProducerTotals totals = sender.markedLine()
                .flatMap(ProducerTotals::parse)
                .orElseThrow(() -> StopException.because("the producer ended without its counts"));
        Reconciliation reconciliation = reconciliation(totals, observation.snapshot(), validator);
        reconciliation.text().forEach(console::say);
        return reconciliation.agrees();
    }

    private void awaitCommitted() throws IOException {
        StallTimeout patience = StallTimeout.of(config.settings());
        Progress progress = observation.progress(sender);
        while (sender.isAlive() || progress.lag().orElse(1) != 0) {
            supervisor.pause(POLL);
            progress = observation.progress(sender);
            if (isStatusDue()) {
                show(progress);
            }
            if (patience.isOver(progress, System.nanoTime())) {
                giveUp(patience);
                return;
            }
        }
    }

    /** What is committed can be compared all the same, unless the producer still sends. */
    private void giveUp(StallTimeout patience) {
        String reason = "nothing was sent or committed for " + patience.limit().toSeconds() + " s; giving up";
        if (sender.isAlive()) {
            throw StopException.because(reason);
        }
        console.say(reason);
    }

    private Reconciliation reconciliation(ProducerTotals totals, Snapshot after, ServiceClient validator)
            throws IOException {
        long asked = config.settings().eventLimit().orElseThrow();
        String run = OutputTree.RUN_PREFIX + config.settings().runId();
        long began = System.nanoTime();
        while (true) {
            Reconciliation reconciliation = new Reconciliation(
                    asked, totals.acked(), observation.start(), after, run, validator.aggregates(run));
            if (!reconciliation.isValidatorBehind() || System.nanoTime() - began > CATCH_UP_LIMIT.toNanos()) {
                return reconciliation;
            }
            supervisor.pause(POLL);
        }
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
