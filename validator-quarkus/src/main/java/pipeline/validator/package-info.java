/**
 * Reads the Parquet tree that the streaming job writes, and answers over HTTP what it holds.
 *
 * <p>Start with {@link pipeline.validator.api.AggregatesResource}; {@link pipeline.validator.dataset} is where files are
 * found and read, and the only package that knows Parquet.
 */
package pipeline.validator;
