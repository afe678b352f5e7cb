package pipeline.validator.api.answer;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes a text or null among other types, because OpenAPI's annotations have no word for null alone. */
@Schema(type = SchemaType.STRING, nullable = true)
interface TextOrNull {}
