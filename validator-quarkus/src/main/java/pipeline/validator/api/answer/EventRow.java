package pipeline.validator.api.answer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event with all its columns by name. */
@RegisterForReflection
@Schema(type = SchemaType.OBJECT, description = "An event of a run with a schema: all its columns by name")
public record EventRow(@JsonValue Map<String, Object> columns) implements ShownRow {}
