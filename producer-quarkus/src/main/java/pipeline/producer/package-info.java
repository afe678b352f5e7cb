/**
 * Generates events at a set rate, sends each to Kafka at most once, and counts the outcome of every one.
 *
 * <p>Start with {@link pipeline.producer.ProducerSession}. The packages are {@code config} (the settings),
 * {@code generate} (which event is sent when, without Kafka or Quarkus), {@code channel} (sends the events), {@code kafka}
 * (waits for the topic) and {@code observe} (counters, log line, health).
 */
package pipeline.producer;
