/**
 * Child processes: a {@link pipeline.launcher.process.ChildProcess} is one, the {@link pipeline.launcher.process.Supervisor} starts,
 * watches and stops all of them, and the {@link pipeline.launcher.process.Guard} ends them when the launcher itself is killed.
 */
package pipeline.launcher.process;
