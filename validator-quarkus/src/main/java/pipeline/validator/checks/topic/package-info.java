/** Checks of the newest commit against Kafka and the clock. */
package pipeline.validator.checks.topic;
