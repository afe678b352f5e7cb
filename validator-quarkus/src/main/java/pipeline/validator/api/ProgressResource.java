package pipeline.validator.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.run.Run.Progress;

@Path("/progress")
public class ProgressResource {
    private final DatasetIndex index;

    ProgressResource(DatasetIndex index) {
        this.index = index;
    }

    @GET
    @Operation(
            operationId = "progress",
            summary = "How far the reading of new data is",
            description =
                    "Answers at once, also while all others wait for that reading, such as the first one of a long run.")
    @APIResponse(responseCode = "200", description = "What is being read")
    @APIResponse(responseCode = "204", description = "Nothing is being read")
    public Progress progress() {
        return index.progress().orElse(null);
    }
}
