/**
 * {@code --infer-schema}: drafts a schema file from the newest records of a topic. Start with {@link
 * pipeline.launcher.infer.InferSchema}.
 */
package pipeline.launcher.infer;
