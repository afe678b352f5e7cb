package pipeline.validator.api.answer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A row in an answer: that of a built-in event, or that of an event with a schema. */
@Schema(oneOf = {AggregatesAnswer.HeadRow.class, NewRow.class, EventRow.class})
public sealed interface ShownRow permits AggregatesAnswer.HeadRow, NewRow, EventRow {}
