package pipeline.validator.api.http;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The parameters of a request for the newest rows or batches: how many, and of which run. */
public class NewestQuery extends Parameters {
    @Parameter(
            description = "How many",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "20"))
    @QueryParam("last")
    @DefaultValue("20")
    public String last;

    public int limit() {
        return wholeNumber("last", last, 1, 1000);
    }
}
