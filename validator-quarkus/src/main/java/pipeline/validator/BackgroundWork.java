package pipeline.validator;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.storage.BusyException;
import pipeline.validator.dataset.storage.Lanes;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;
import pipeline.validator.validation.Intervals;
import pipeline.validator.validation.Validation;
import pipeline.validator.validation.Validation.Depth;
import pipeline.validator.validation.ValidationMetrics;

/**
 * What the validator does regularly without a request. It has a timer of its own: after the wall clock was set back, Quarkus'
 * scheduler would do nothing until it has caught up.
 */
@ApplicationScoped
public class BackgroundWork {
    private static final Logger LOG = Logger.getLogger(BackgroundWork.class);
    private static final int FINISH_SECONDS = 5;

    private final DatasetIndex index;
    private final Validation validation;
    private final ValidationMetrics metrics;
    private final Storage storage;
    private final Lanes lanes;
    private final boolean enabled;
    private final Intervals intervals;
    private final ScheduledExecutorService timer;
    private String lastProblem = "";

    /** @param enabled whether anything is done without a request */
    BackgroundWork(
            DatasetIndex index,
            Validation validation,
            ValidationMetrics metrics,
            Storage storage,
            Lanes lanes,
            @ConfigProperty(name = "validator.background-work") boolean enabled,
            Intervals intervals) {
        this.index = index;
        this.validation = validation;
        this.metrics = metrics;
        this.storage = storage;
        this.lanes = lanes;
        this.enabled = enabled;
        this.intervals = intervals;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "background-work");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start(@Observes StartupEvent starting) {
        LOG.infof("Reading %s", storage.describe(""));
        if (enabled) {
            repeat(this::refresh, intervals.refresh());
            repeat(this::validate, intervals.validate());
        }
    }

    private void repeat(Runnable work, Duration pause) {
        timer.scheduleWithFixedDelay(work, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads new files, so that little is left to read when a request arrives. */
    void refresh() {
        attempt(() -> index.refresh(RunSelection.LATEST));
    }

    /** Validates the run that committed last, for the metrics. */
    public void validate() {
        attempt(() -> metrics.record(validation.validate(RunSelection.LATEST, Depth.FILES, () -> true)));
    }

    private void attempt(Runnable work) {
        try {
            work.run();
            lastProblem = "";
        } catch (StorageException e) {
            metrics.clear();
            // Every request and the health check report the problem; the log needs it only once.
            if (!e.getMessage().equals(lastProblem)) {
                LOG.warn(e.getMessage());
                lastProblem = e.getMessage();
            }
        } catch (BusyException | CancellationException e) {
            LOG.debugf("The background work is left out: %s", e);
        } catch (RuntimeException | Error e) {
            // The timer would not repeat what has thrown.
            LOG.error("The background work failed; it is tried again", e);
        }
    }

    /** Requests that are still in progress after {@value #FINISH_SECONDS} seconds get the answer that the validator stops. */
    void beginToStop(@Observes ShutdownDelayInitiatedEvent stopping) {
        CompletableFuture.delayedExecutor(FINISH_SECONDS, TimeUnit.SECONDS).execute(this::giveUp);
    }

    private void giveUp() {
        index.close();
        lanes.close();
    }

    /**
     * Runs after the last request. Gives up all readings in progress, and waits until the work of this class has returned: if
     * it ran on, it would create the application's beans again.
     */
    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        giveUp();
        timer.shutdown();
        timer.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS);
    }
}
