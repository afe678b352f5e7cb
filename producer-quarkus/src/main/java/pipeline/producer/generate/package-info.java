/**
 * Which event is sent when, without Kafka and without Quarkus. {@link pipeline.producer.generate.EventLoop} puts the
 * {@link pipeline.producer.generate.Pace} and the {@link pipeline.producer.generate.EventGenerator} together.
 */
package pipeline.producer.generate;
