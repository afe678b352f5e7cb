package pipeline.validator;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.storage.BusyException;
import pipeline.validator.dataset.storage.Lanes;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;
import pipeline.validator.validation.Validation;
import pipeline.validator.validation.Validation.Depth;
import pipeline.validator.validation.ValidationMetrics;

/** What the validator does regularly without a request. */
@ApplicationScoped
public class BackgroundWork {
    private static final Logger LOG = Logger.getLogger(BackgroundWork.class);
    private static final int FINISH_SECONDS = 5;

    private final DatasetIndex index;
    private final Validation validation;
    private final ValidationMetrics metrics;
    private final Storage storage;
    private final Lanes lanes;
    private String lastProblem = "";
    /** False in an instance that the scheduler creates after the stop, because its first call can come that late. */
    private boolean started;

    BackgroundWork(DatasetIndex index, Validation validation, ValidationMetrics metrics, Storage storage, Lanes lanes) {
        this.index = index;
        this.validation = validation;
        this.metrics = metrics;
        this.storage = storage;
        this.lanes = lanes;
    }

    synchronized void start(@Observes StartupEvent starting) {
        started = true;
        LOG.infof("Reading %s", storage.describe(""));
    }

    /** Reads new files, so that little is left to read when a request arrives. */
    @Scheduled(every = "${validator.refresh-every}", concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        whileStarted(() -> index.refresh(RunSelection.LATEST));
    }

    /** Validates the run that committed last, for the metrics. */
    @Scheduled(every = "${validator.validate-every}", concurrentExecution = ConcurrentExecution.SKIP)
    public void validate() {
        whileStarted(() -> metrics.record(validation.validate(RunSelection.LATEST, Depth.FILES, () -> true)));
    }

    private synchronized void whileStarted(Runnable work) {
        if (!started) {
            return;
        }
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
    void stop(@Observes ShutdownEvent stopping) {
        giveUp();
        synchronized (this) {
            started = false;
        }
    }
}
