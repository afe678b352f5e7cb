/**
 * Reads the Parquet tree that the streaming job writes, and serves aggregates and checks over HTTP.
 *
 * <p>Start with {@link pipeline.validator.api.AggregatesResource}. The packages below {@code dataset} find and read the
 * files; {@code dataset.parquet} is the only one that uses Parquet.
 */
package pipeline.validator;
