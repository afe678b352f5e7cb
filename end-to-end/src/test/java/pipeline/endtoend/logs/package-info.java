/**
 * The job on topics as other people have them, in full length: transactions, compaction, logs that were cut, other leaders, and
 * records of any kind. {@code ./mvnw verify -Plong} runs these tests.
 */
package pipeline.endtoend.logs;
