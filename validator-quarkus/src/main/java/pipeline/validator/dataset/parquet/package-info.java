/**
 * Reads single Parquet files, without Hadoop's file system and codecs. Start with {@link
 * pipeline.validator.dataset.parquet.FileScanner}.
 */
package pipeline.validator.dataset.parquet;
