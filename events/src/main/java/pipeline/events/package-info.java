/**
 * What the parts of the pipeline agree on: the {@link pipeline.events.Event event} and its strict JSON, the
 * {@link pipeline.events.output.LedgerRecord ledger record} and its JSON, the folders of the {@link pipeline.events.output.OutputTree
 * output tree}, and the {@link pipeline.events.settings.Settings settings} with their defaults.
 *
 * <p>Start with {@link pipeline.events.EventJson}, which says what a valid event is.
 */
package pipeline.events;
