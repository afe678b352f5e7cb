/** Checks whether the topic can take events: {@link TopicProbe}. */
package pipeline.producer.kafka;
