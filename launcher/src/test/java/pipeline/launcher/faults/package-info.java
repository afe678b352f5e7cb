/**
 * The promise put to the test: real broker, producer, job and validator as processes, killed, frozen and cut off at random
 * and at every step of publication, while readers look on. Start with {@link pipeline.launcher.faults.FaultSuite}. Faults that
 * are no matter of chance have {@link pipeline.launcher.faults.Scenes} of their own.
 */
package pipeline.launcher.faults;
