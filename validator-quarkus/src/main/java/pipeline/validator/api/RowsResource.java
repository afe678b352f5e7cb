package pipeline.validator.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.NewRow;
import pipeline.validator.api.answer.ShownRow;
import pipeline.validator.api.http.NewestQuery;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.recent.RunRows;
import pipeline.validator.dataset.storage.Lanes;

@Path("/rows")
public class RowsResource {
    private final DatasetIndex index;
    private final RunRows rows;
    private final Lanes lanes;

    RowsResource(DatasetIndex index, RunRows rows, Lanes lanes) {
        this.index = index;
        this.rows = rows;
        this.lanes = lanes;
    }

    @GET
    @Operation(
            operationId = "rows",
            summary = "The newest rows, newest first",
            description = "From the batches committed last, the rows with the latest ts.")
    @APIResponse(responseCode = "200", description = "The rows, each with its partition and offset in Kafka")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public List<ShownRow> rows(@BeanParam NewestQuery query) {
        int limit = query.limit();
        DatasetSnapshot data = index.refresh(query.selection());
        return lanes.readings().call(() -> rows.newest(data.reachableRuns(), limit)).stream()
                .map(NewRow::of)
                .toList();
    }
}
