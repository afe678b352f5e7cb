/**
 * Decides which event is sent when, without Kafka and Quarkus. {@link pipeline.producer.generate.EventLoop} combines the
 * {@link pipeline.producer.generate.Pace} with the {@link pipeline.producer.generate.EventGenerator}.
 */
package pipeline.producer.generate;
