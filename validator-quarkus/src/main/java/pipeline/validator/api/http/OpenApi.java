package pipeline.validator.api.http;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The parts of the API's description that all endpoints share. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Validator",
                        version = "0.2.0",
                        description = "What the Parquet tree of the pipeline holds, and whether it can be trusted."),
        components =
                @Components(
                        responses = {
                            @APIResponse(
                                    name = OpenApi.BAD_PARAMETER,
                                    description = "A parameter has a value that is not allowed",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = OpenApi.UNREACHABLE,
                                    description = "The storage cannot be reached",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class)))
                        }))
public class OpenApi extends Application {
    public static final String BAD_PARAMETER = "bad-parameter";
    public static final String UNREACHABLE = "unreachable";
}
