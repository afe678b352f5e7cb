/**
 * Makes up valid events of a schema: start with {@link pipeline.events.schema.sample.RandomEvents}. Each type of a schema has a
 * {@link pipeline.events.schema.sample.RandomValue}, which {@link pipeline.events.schema.sample.RandomValues} chooses.
 */
package pipeline.events.schema.sample;
