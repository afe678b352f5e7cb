/**
 * Where a decoder takes values from: {@link pipeline.events.schema.source.JsonText} reads any JSON through Jackson,
 * {@link pipeline.events.schema.source.ByteScanner} reads plain JSON faster, and both keep unknown fields in
 * {@link pipeline.events.schema.source.Rescued}.
 */
package pipeline.events.schema.source;
