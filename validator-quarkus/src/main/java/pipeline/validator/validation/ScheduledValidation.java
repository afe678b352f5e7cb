package pipeline.validator.validation;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.storage.StorageException;
import pipeline.validator.validation.Validation.Depth;

/** Validates the run that committed last at regular intervals, for the metrics. */
@ApplicationScoped
public class ScheduledValidation {
    private static final Logger LOG = Logger.getLogger(ScheduledValidation.class);

    private final Validation validation;
    private final ValidationMetrics metrics;

    ScheduledValidation(Validation validation, ValidationMetrics metrics) {
        this.validation = validation;
        this.metrics = metrics;
    }

    @Scheduled(every = "${validator.validate-every}", concurrentExecution = ConcurrentExecution.SKIP)
    public void validate() {
        try {
            metrics.record(validation.validate(RunSelection.LATEST, Depth.FILES));
        } catch (StorageException e) {
            // Reading the new files, which is scheduled too, logs it.
            metrics.clear();
        } catch (CancellationException | RejectedExecutionException e) {
            LOG.debug("The stop interrupted a validation");
        }
    }
}
