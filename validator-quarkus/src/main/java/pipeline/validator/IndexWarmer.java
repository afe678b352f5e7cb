package pipeline.validator;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import pipeline.validator.dataset.run.DatasetIndex;
import pipeline.validator.dataset.run.RunSelection;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;

/** Reads new files as they come, so that requests find little left to read. */
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

    void sayWhatIsRead(@Observes StartupEvent started) {
        LOG.infof("Reading %s", storage.describe(""));
    }

    @Scheduled(every = "${validator.refresh-every}", concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        try {
            index.refresh(RunSelection.LATEST);
            lastProblem = "";
        } catch (StorageException e) {
            sayOnce(e.getMessage());
        }
    }

    /** Requests and the health check name the problem each time; the log needs it once. */
    private void sayOnce(String problem) {
        if (!problem.equals(lastProblem)) {
            LOG.warn(problem);
            lastProblem = problem;
        }
    }
}
