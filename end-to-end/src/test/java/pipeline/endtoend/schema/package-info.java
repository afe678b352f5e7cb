/**
 * Runs whose events have the shape of a schema file: {@link pipeline.endtoend.schema.OrdersIT} shows what happens to them, and
 * {@link pipeline.endtoend.schema.SchemaOutput} compares them with the topic, without the pipeline's decoders.
 */
package pipeline.endtoend.schema;
