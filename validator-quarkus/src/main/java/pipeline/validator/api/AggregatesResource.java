package pipeline.validator.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.AggregatesAnswer;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.api.http.Parameters;
import pipeline.validator.api.http.RunQuery;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.recent.HeadReader;
import pipeline.validator.validation.DatasetVerdict;

/** Counts, means and bounds of each id. */
@Path("/aggregates")
@Produces(MediaType.APPLICATION_JSON)
public class AggregatesResource {
    private final DatasetIndex index;
    private final HeadReader heads;

    AggregatesResource(DatasetIndex index, HeadReader heads) {
        this.index = index;
        this.heads = heads;
    }

    public static class Query extends RunQuery {
        @Parameter(
                description = "How many of the first rows to show",
                schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "1000", defaultValue = "10"))
        @QueryParam("head")
        @DefaultValue("10")
        public String head;

        int rows() {
            return Parameters.wholeNumber("head", head, 0, HeadReader.MAX_ROWS);
        }
    }

    @GET
    @Operation(
            operationId = "aggregates",
            summary = "Counts, means and bounds of each id",
            description =
                    "Reads only what is new since the last request, and includes everything committed before this one.")
    @APIResponse(
            responseCode = "200",
            description = "The aggregates, also if data is damaged (FAILED) or there is none yet (NO_DATA)",
            content = @Content(schema = @Schema(implementation = AggregatesAnswer.class)))
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public AggregatesAnswer aggregates(@BeanParam Query query) {
        int rows = query.rows();
        RunSelection selection = query.selection();
        DatasetSnapshot data = index.refresh(selection);
        return AggregatesAnswer.of(data, DatasetVerdict.of(data, selection), heads.head(data.runs(), rows));
    }
}
