package pipeline.validator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;

/** Reads new files regularly, so that little is left to read when a request arrives. */
@ApplicationScoped
public class IndexWarmer {
    private static final Logger LOG = Logger.getLogger(IndexWarmer.class);

    private final DatasetIndex index;
    private final Storage storage;
    private String lastProblem = "";

    IndexWarmer(DatasetIndex index, Storage storage) {
        this.index = index;
        this.storage = storage;
    }

    void logWhatIsRead(@Observes StartupEvent started) {
        LOG.infof("Reading %s", storage.describe(""));
    }

    @Scheduled(every = "${validator.refresh-every}", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void refresh() {
        try {
            index.refresh(RunSelection.LATEST);
            lastProblem = "";
        } catch (StorageException e) {
            // Every request and the health check report the problem; the log needs it only once.
            if (!e.getMessage().equals(lastProblem)) {
                LOG.warn(e.getMessage());
                lastProblem = e.getMessage();
            }
        } catch (CancellationException | RejectedExecutionException e) {
            LOG.debug("The stop interrupted a refresh");
        }
    }

    /** Runs after the last request: gives up a refresh in progress, and waits until it has returned. */
    void stop(@Observes ShutdownEvent stopping) {
        index.close();
        synchronized (this) {
            // holding the lock is enough
        }
    }
}
