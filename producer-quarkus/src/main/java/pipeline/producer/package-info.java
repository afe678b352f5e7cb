/**
 * Makes events at a set rate and sends them to Kafka, each at most once, counting what became of every one.
 *
 * <p>Start with {@link pipeline.producer.ProducerRun}, the course of one run. {@link pipeline.producer.EventPublisher} is
 * the only class that knows the channel; the folders are {@code config} (what may be set), {@code generate} (which event
 * when, without Kafka or Quarkus), {@code kafka} (is the topic there) and {@code observe} (counters, log line, health).
 */
package pipeline.producer;
