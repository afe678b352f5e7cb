/**
 * Reads the Parquet tree that the streaming job writes, and serves aggregates and checks over HTTP.
 *
 * <p>Start with {@link pipeline.validator.api.AggregatesResource}; below {@code dataset} files are found
 * and read, and only its package {@code parquet} knows Parquet.
 */
package pipeline.validator;
