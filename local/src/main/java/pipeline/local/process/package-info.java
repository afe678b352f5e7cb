/**
 * Child processes: a {@link pipeline.local.process.Part} is one, the {@link pipeline.local.process.Supervisor} starts,
 * watches and stops all of them, and the {@link pipeline.local.process.Guard} ends them when the launcher itself is killed.
 */
package pipeline.local.process;
