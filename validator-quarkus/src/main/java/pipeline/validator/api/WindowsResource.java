package pipeline.validator.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.WindowsAnswer;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.api.http.Parameters;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.recent.Windows;
import pipeline.validator.dataset.storage.Lanes;

/** The averages over time that the job prints, computed from the files. */
@Path("/windows")
public class WindowsResource {
    private final DatasetIndex index;
    private final Windows windows;
    private final Lanes lanes;

    WindowsResource(DatasetIndex index, Windows windows, Lanes lanes) {
        this.index = index;
        this.windows = windows;
        this.lanes = lanes;
    }

    public static class Query extends Parameters {
        private static final String SIZES = "^([1-9][0-9]{0,2}s|[1-9]m|[1-5][0-9]m|1h)$";
        private static final String SPANS = "^([1-9][0-9]{0,2}s|[1-9][0-9]{0,1}m|[1-6]h)$";

        @Parameter(
                description = "Length of a window, whole seconds up to 1h",
                schema = @Schema(type = SchemaType.STRING, pattern = SIZES, defaultValue = "10s"))
        @QueryParam("size")
        @DefaultValue("10s")
        public String size;

        @Parameter(
                description = "Total time, whole seconds up to 6h; at least one window",
                schema = @Schema(type = SchemaType.STRING, pattern = SPANS, defaultValue = "10m"))
        @QueryParam("last")
        @DefaultValue("10m")
        public String last;
    }

    @GET
    @Operation(
            operationId = "windows",
            summary = "Counts and means over time",
            description = "Windows up to the newest event, aligned like the job's. Leaves out windows without rows.")
    @APIResponse(responseCode = "200", description = "One series for each id")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public WindowsAnswer windows(@BeanParam Query query) {
        Duration size = Parameters.wholeSeconds("size", query.size, Duration.ofHours(1));
        Duration last = Parameters.wholeSeconds("last", query.last, Duration.ofHours(6));
        DatasetSnapshot data = index.refresh(query.selection());
        return WindowsAnswer.of(query.size, lanes.readings().call(() -> windows.of(data, size, last)));
    }
}
