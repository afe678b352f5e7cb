/**
 * How a batch is published, wherever it goes: start with {@link pipeline.streaming.publish.BatchPublisher}. {@link
 * pipeline.streaming.publish.Sink} is what a destination has to do.
 */
package pipeline.streaming.publish;
