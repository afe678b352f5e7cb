/** What the job reads: the topic, and the events in its records. */
package pipeline.streaming.kafka;
