/**
 * Decides whether a run that has a schema may continue with another one:
 * {@link pipeline.events.schema.change.SchemaChange}.
 */
package pipeline.events.schema.change;
