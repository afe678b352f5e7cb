package pipeline.validator.api;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.WindowsAnswer;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.api.http.Parameters;
import pipeline.validator.dataset.recent.Windows;
import pipeline.validator.dataset.run.DatasetIndex;

/** The averages over time that the job prints, from the files. */
@Path("/windows")
@Produces(MediaType.APPLICATION_JSON)
public class WindowsResource {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX_SIZE = Duration.ofHours(1);
    private static final Duration MAX_LAST = Duration.ofHours(6);

    private final DatasetIndex index;
    private final Windows windows;

    WindowsResource(DatasetIndex index, Windows windows) {
        this.index = index;
        this.windows = windows;
    }

    @GET
    @Operation(
            operationId = "windows",
            summary = "Counts and means over time",
            description = "Windows up to the newest event, aligned as the job's are; those without rows are left out.")
    @APIResponse(responseCode = "200", description = "A series for each id")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public WindowsAnswer windows(
            @Parameter(
                            description = "Length of a window, whole seconds up to 1h",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern = OpenApi.SIZE_PATTERN,
                                            defaultValue = "10s"))
                    @QueryParam("size")
                    @DefaultValue("10s")
                    String size,
            @Parameter(
                            description = "How far back, whole seconds up to 6h; at least one window",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            pattern = OpenApi.LAST_PATTERN,
                                            defaultValue = "10m"))
                    @QueryParam("last")
                    @DefaultValue("10m")
                    String last,
            @Parameter(
                            description = OpenApi.RUN,
                            schema = @Schema(type = SchemaType.STRING, pattern = OpenApi.RUN_PATTERN))
                    @QueryParam("run")
                    String run) {
        Duration length = Parameters.wholeSeconds("size", size, MIN, MAX_SIZE);
        Duration span = Parameters.wholeSeconds("last", last, MIN, MAX_LAST);
        return WindowsAnswer.of(size, windows.of(index.refresh(Parameters.run(run)), length, span));
    }
}
