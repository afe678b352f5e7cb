/** What the job reads: the topic, its records as a stream, and the events in them. */
package pipeline.streaming.kafka;
