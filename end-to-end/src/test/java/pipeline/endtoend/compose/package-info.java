/** The pipeline in containers: {@code ComposeIT} runs it, {@code ComposeFileIT} reads what the engine is told. */
package pipeline.endtoend.compose;
