/**
 * Reads schema files, in the part of JSON Schema, draft 2020-12, that columns can hold. Start with
 * {@link pipeline.events.schema.file.SchemaFile}.
 */
package pipeline.events.schema.file;
