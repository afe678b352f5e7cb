package pipeline.validator.api.http;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What the description of all endpoints has in common. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Validator",
                        version = "0.1.0",
                        description = "What the Parquet tree of the pipeline holds, and whether it can be trusted."),
        components =
                @Components(
                        responses = {
                            @APIResponse(
                                    name = OpenApi.BAD_PARAMETER,
                                    description = "A parameter is not allowed",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = OpenApi.UNREACHABLE,
                                    description = "The storage can't be reached",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class)))
                        }))
public class OpenApi extends Application {
    public static final String BAD_PARAMETER = "bad-parameter";
    public static final String UNREACHABLE = "unreachable";

    public static final String RUN = "A run such as run_1 or 1, or all; without it the one committed last";
    public static final String RUN_PATTERN = "^[A-Za-z0-9_-]{1,64}$";
    public static final String SIZE_PATTERN = "^([1-9][0-9]{0,2}s|[1-9]m|[1-5][0-9]m|1h)$";
    public static final String LAST_PATTERN = "^([1-9][0-9]{0,2}s|[1-9][0-9]{0,1}m|[1-6]h)$";
}
