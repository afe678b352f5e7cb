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
import pipeline.validator.api.answer.NewRow;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.api.http.Parameters;
import pipeline.validator.dataset.recent.RecentRows;
import pipeline.validator.dataset.run.DatasetIndex;

/** The newest rows. */
@Path("/rows")
@Produces(MediaType.APPLICATION_JSON)
public class RowsResource {
    private final DatasetIndex index;
    private final RecentRows recent;

    RowsResource(DatasetIndex index, RecentRows recent) {
        this.index = index;
        this.recent = recent;
    }

    @GET
    @Operation(
            operationId = "rows",
            summary = "The newest rows, newest first",
            description = "Of the batches committed last, the rows with the latest ts.")
    @APIResponse(responseCode = "200", description = "The rows, with where in Kafka each comes from")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public List<NewRow> rows(
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
        return recent.newest(index.refresh(Parameters.run(run)).runs(), limit).stream()
                .map(NewRow::of)
                .toList();
    }
}
