/**
 * {@code ./pipeline --crash-demo}: shows what {@code kill -9} does to Spark's own Parquet sink and to the job. Start with
 * {@link pipeline.launcher.demo.CrashDemo}.
 */
package pipeline.launcher.demo;
