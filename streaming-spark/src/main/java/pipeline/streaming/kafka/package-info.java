/** The topic that the job reads: how its clients connect, what the broker says of it, and the lag for Kafka's own tools. */
package pipeline.streaming.kafka;
