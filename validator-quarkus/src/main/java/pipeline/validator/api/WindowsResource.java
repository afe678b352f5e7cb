package pipeline.validator.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.WindowsAnswer;
import pipeline.validator.api.http.BadParameterException;
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

        @Parameter(
                description =
                        "The groups to show, in this order, also those without windows. By default all ids, and of the"
                                + " groups of events with a schema the " + Windows.MOST_GROUPS + " with the most rows.",
                content =
                        @Content(
                                mediaType = MediaType.APPLICATION_JSON,
                                schema =
                                        @Schema(
                                                type = SchemaType.ARRAY,
                                                implementation = Object.class,
                                                minItems = 1,
                                                maxItems = Windows.MOST_GROUPS)))
        @QueryParam("groups")
        public String groups;

        Optional<List<Object>> named() {
            return Optional.ofNullable(groups)
                    .map(value -> Parameters.groups(value, Windows.MOST_GROUPS).orElseThrow(this::badGroups));
        }

        BadParameterException badGroups() {
            return new BadParameterException(
                    "groups",
                    groups,
                    "a JSON array of 1 to " + Windows.MOST_GROUPS
                            + " groups that the rows have, such as [\"DE\",null]");
        }
    }

    @GET
    @Operation(
            operationId = "windows",
            summary = "Counts and means over time",
            description = "Windows up to the newest event, aligned like the job's. Leaves out windows without rows."
                    + " The other groups together are the rest, if there are any.")
    @APIResponse(responseCode = "200", description = "One series for each id or group")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public WindowsAnswer windows(@BeanParam Query query) {
        Duration size = Parameters.wholeSeconds("size", query.size, Duration.ofHours(1));
        Duration last = Parameters.wholeSeconds("last", query.last, Duration.ofHours(6));
        Optional<List<Object>> groups = query.named();
        DatasetSnapshot data = index.refresh(query.selection());
        if (!groups.orElse(List.of()).stream().allMatch(data::mayHave)) {
            throw query.badGroups();
        }
        return WindowsAnswer.of(query.size, lanes.readings().call(() -> windows.of(data, size, last, groups)));
    }
}
