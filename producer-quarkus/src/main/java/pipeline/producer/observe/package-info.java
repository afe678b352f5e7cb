/**
 * Shows what happened to the events: {@link pipeline.producer.observe.Deliveries} counts them, the other classes report the
 * rate in the log and the state of the topic as readiness.
 */
package pipeline.producer.observe;
