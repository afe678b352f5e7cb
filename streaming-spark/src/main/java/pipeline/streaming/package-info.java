/**
 * The Spark job: Kafka to partitioned Parquet, exactly once for every reader, and 10-second averages on the console.
 *
 * <p>Start with {@link pipeline.streaming.StreamingJob}, which reads like a table of contents; then {@link
 * pipeline.streaming.BatchPublisher}, which holds the publication protocol, and {@link pipeline.streaming.RunRecovery},
 * which finishes it after a crash. ARCHITECTURE.md shows both as one picture.
 */
package pipeline.streaming;
