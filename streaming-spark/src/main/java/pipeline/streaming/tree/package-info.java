/**
 * The Parquet tree as a sink: two-phase publication, ledger and recovery. Start with {@link
 * pipeline.streaming.tree.ParquetTree}, then {@link pipeline.streaming.tree.Publication} and {@link
 * pipeline.streaming.tree.RunRecovery}.
 */
package pipeline.streaming.tree;
