package pipeline.validator;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import pipeline.validator.dataset.storage.BusyException;
import pipeline.validator.dataset.storage.Lanes;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;

/** Ready as soon as the storage can be asked, whether or not there is data in it. */
@Readiness
@ApplicationScoped
public class StorageHealthCheck implements HealthCheck {
    private final Storage storage;
    private final Lanes lanes;

    StorageHealthCheck(Storage storage, Lanes lanes) {
        this.storage = storage;
        this.lanes = lanes;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("storage").withData("path", storage.describe(""));
        try {
            String sees = lanes.summaries()
                    .call(() -> storage.list(""))
                    .map(children -> children.stream().map(Storage.Entry::name).toList())
                    .map(names -> names.isEmpty() ? "an empty folder" : String.join(", ", names))
                    .orElse("no folder yet");
            return response.withData("sees", sees).up().build();
        } catch (StorageException | BusyException e) {
            return response.withData("problem", e.getMessage()).down().build();
        }
    }
}
