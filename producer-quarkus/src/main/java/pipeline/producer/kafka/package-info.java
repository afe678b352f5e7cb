/** Checks whether the topic can take events ({@link TopicProbe}) and waits until it can ({@link TopicWait}). */
package pipeline.producer.kafka;
