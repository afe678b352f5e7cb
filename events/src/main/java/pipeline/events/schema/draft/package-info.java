/**
 * Drafts a schema file from a sample of events: start with {@link pipeline.events.schema.draft.EventSample}. It keeps names, types
 * and counts of the events, and none of their values gets into the draft.
 */
package pipeline.events.schema.draft;
