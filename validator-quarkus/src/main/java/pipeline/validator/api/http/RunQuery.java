package pipeline.validator.api.http;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import pipeline.validator.dataset.RunSelection;

/** The parameter that all endpoints have. Parameters are texts, since JAX-RS answers 404 if it cannot convert one. */
public class RunQuery {
    @Parameter(
            description = "A run such as run_1 or 1, or all; by default the run that committed last",
            schema = @Schema(type = SchemaType.STRING, pattern = "^[A-Za-z0-9_-]{1,64}$"))
    @QueryParam("run")
    public String run;

    public RunSelection selection() {
        return Parameters.run(run);
    }
}
