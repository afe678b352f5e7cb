package pipeline.validator.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.AggregatesAnswer;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.api.http.Parameters;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.RunSelection;
import pipeline.validator.dataset.recent.RunRows;
import pipeline.validator.dataset.run.HeadFiles;
import pipeline.validator.dataset.storage.Lanes;
import pipeline.validator.validation.Validation;

@Path("/aggregates")
public class AggregatesResource {
    private final DatasetIndex index;
    private final RunRows rows;
    private final Validation validation;
    private final Lanes lanes;

    AggregatesResource(DatasetIndex index, RunRows rows, Validation validation, Lanes lanes) {
        this.index = index;
        this.rows = rows;
        this.validation = validation;
        this.lanes = lanes;
    }

    public static class Query extends Parameters {
        @Parameter(
                description = "How many of the first rows to show",
                schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "1000", defaultValue = "10"))
        @QueryParam("head")
        @DefaultValue("10")
        public String head;
    }

    @GET
    @Operation(
            operationId = "aggregates",
            summary = "Counts, means and bounds of each id",
            description =
                    "Reads only what is new since the last request, and includes everything committed before this one.")
    @APIResponse(
            responseCode = "200",
            description = "The aggregates, also if data is damaged (FAILED) or there is none yet (NO_DATA)")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public AggregatesAnswer aggregates(@BeanParam Query query) {
        int head = Parameters.wholeNumber("head", query.head, 0, HeadFiles.MAX_ROWS);
        RunSelection selection = query.selection();
        DatasetSnapshot data = index.refresh(selection);
        return lanes.summaries()
                .call(() -> AggregatesAnswer.of(
                        data, validation.verdict(data, selection), rows.head(data.reachableRuns(), head)));
    }
}
