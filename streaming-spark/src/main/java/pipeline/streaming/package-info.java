/**
 * The Spark job: Kafka to partitioned Parquet, exactly once for every reader, and 10-second averages on the console.
 *
 * <p>Start with {@link pipeline.streaming.StreamingJob}, which reads like a table of contents; then {@code publish}, how a
 * batch is published, and {@code tree}, where it goes. ARCHITECTURE.md shows the flow.
 */
package pipeline.streaming;
