/**
 * What all components share: the {@link pipeline.events.Event event} and its strict JSON, the {@code output} folders and
 * ledger records, and the {@code settings} with their defaults. Start with {@link pipeline.events.EventJson}, which defines
 * a valid event.
 */
package pipeline.events;
