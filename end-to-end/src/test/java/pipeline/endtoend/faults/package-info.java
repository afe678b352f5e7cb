/**
 * Random faults: real broker, producer, job and validator processes are killed and frozen at random moments and after every
 * step of publication, while readers watch the output. Start with {@link pipeline.endtoend.faults.FaultRun}. Faults that do
 * not depend on chance have their own tests in {@code scenarios}.
 */
package pipeline.endtoend.faults;
