package pipeline.validator.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.validator.api.answer.Batch;
import pipeline.validator.api.http.NewestQuery;
import pipeline.validator.api.http.OpenApi;
import pipeline.validator.dataset.DatasetIndex;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Newest;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.storage.Lanes;

@Path("/batches")
public class BatchesResource {
    private final DatasetIndex index;
    private final Lanes lanes;

    BatchesResource(DatasetIndex index, Lanes lanes) {
        this.index = index;
        this.lanes = lanes;
    }

    @GET
    @Operation(
            operationId = "batches",
            summary = "The newest ledger records, newest first",
            description = "Empty if there is no ledger.")
    @APIResponse(responseCode = "200", description = "The records, each with the name of its run")
    @APIResponse(responseCode = "400", ref = OpenApi.BAD_PARAMETER)
    @APIResponse(responseCode = "503", ref = OpenApi.UNREACHABLE)
    public List<Batch> batches(@BeanParam NewestQuery query) {
        int limit = query.limit();
        DatasetSnapshot data = index.refresh(query.selection());
        return lanes.readings().call(() -> newest(data.reachableRuns(), limit));
    }

    private static List<Batch> newest(List<RunSnapshot> runs, int limit) {
        Newest<Batch> newest = new Newest<>(limit, Batch.NEWEST_FIRST);
        for (RunSnapshot run : runs) {
            run.commits().history().forEachRecord(record -> newest.add(Batch.of(run.name(), record)));
        }
        return newest.newestFirst();
    }
}
