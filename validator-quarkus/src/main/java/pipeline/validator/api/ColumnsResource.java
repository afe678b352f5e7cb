package pipeline.validator.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.RunColumns;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.api.http.Parameters;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.storage.Lanes;

@Path("/columns")
public class ColumnsResource {
    private final DatasetIndex index;
    private final Lanes lanes;

    ColumnsResource(DatasetIndex index, Lanes lanes) {
        this.index = index;
        this.lanes = lanes;
    }

    @GET
    @Operation(
            operationId = "columns",
            summary = "What the footers of the files say of each column",
            description = "Of runs whose events have schemas, with these schemas. Empty for runs of built-in events.")
    @APIResponse(responseCode = "200", description = "The columns and schemas of each run")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public List<RunColumns> columns(@BeanParam Parameters query) {
        DatasetSnapshot data = index.refresh(query.selection());
        return lanes.summaries().call(() -> data.runs().stream()
                .flatMap(run -> RunColumns.of(run).stream())
                .toList());
    }
}
