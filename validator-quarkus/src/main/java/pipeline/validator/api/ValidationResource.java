package pipeline.validator.api;

import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.http.BadParameterException;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.api.http.Parameters;
import pipeline.validator.validation.Validation;
import pipeline.validator.validation.Validation.Depth;
import pipeline.validator.validation.ValidationReport;

@Path("/validation")
public class ValidationResource {
    private final Validation validation;

    ValidationResource(Validation validation) {
        this.validation = validation;
    }

    public static class Query extends Parameters {
        @Parameter(
                description =
                        "Whether to find each offset exactly once. true reads every row that no audit has read since the"
                                + " validator started; full reads all rows again.",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {"false", "true", "full"},
                                defaultValue = "false"))
        @QueryParam("deep")
        @DefaultValue("false")
        public String deep;
    }

    @GET
    @Operation(
            operationId = "validation",
            summary = "Whether the data can be trusted, check by check",
            description =
                    "Lists the tree; with deep=true it also reads the rows. Callers who ask at the same time share one answer."
                            + " Without deep the answer may be a few seconds old (asOf). If the connection of a caller is"
                            + " closed while an audit runs, the same request waits for that audit, or gets its answer during"
                            + " the ten minutes after its end.")
    @APIResponse(
            responseCode = "200",
            description = "The findings, also if checks failed (FAILED) or there is no data yet (NO_DATA)")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public ValidationReport validation(@BeanParam Query query, @Context HttpServerResponse response) {
        return validation
                .validate(query.selection(), depth(query.deep), () -> !response.closed())
                .report();
    }

    private static Depth depth(String deep) {
        return switch (deep) {
            case "false" -> Depth.FILES;
            case "true" -> Depth.NEW_ROWS;
            case "full" -> Depth.ALL_ROWS;
            default -> throw new BadParameterException("deep", deep, "true, full or false");
        };
    }
}
