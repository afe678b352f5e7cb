/** The built-in event, from Kafka to the answers over REST: the same messages give the run that was recorded. */
package pipeline.endtoend.golden;
