package pipeline.validator.api;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.Batch;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.api.http.Parameters;
import pipeline.validator.dataset.recent.RecentFiles;
import pipeline.validator.dataset.run.DatasetIndex;

/** The newest ledger records. */
@Path("/batches")
@Produces(MediaType.APPLICATION_JSON)
public class BatchesResource {
    private final DatasetIndex index;
    private final RecentFiles recent;

    BatchesResource(DatasetIndex index, RecentFiles recent) {
        this.index = index;
        this.recent = recent;
    }

    @GET
    @Operation(
            operationId = "batches",
            summary = "The newest ledger records, newest first",
            description = "Empty where there is no ledger.")
    @APIResponse(responseCode = "200", description = "The records, with the name of the run")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public List<Batch> batches(
            @Parameter(
                            description = "How many",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "20"))
                    @QueryParam("last")
                    @DefaultValue("20")
                    String last,
            @Parameter(
                            description = OpenApi.RUN,
                            schema = @Schema(type = SchemaType.STRING, pattern = OpenApi.RUN_PATTERN))
                    @QueryParam("run")
                    String run) {
        int limit = Parameters.wholeNumber("last", last, 1, 1000);
        return index.refresh(Parameters.run(run)).runs().stream()
                .flatMap(each -> recent.records(each, limit).stream().map(record -> Batch.of(each.name(), record)))
                .sorted(Batch.NEWEST_FIRST)
                .limit(limit)
                .toList();
    }
}
