/**
 * Child processes: the {@link pipeline.launcher.process.Supervisor} starts, watches and stops them, each is a
 * {@link pipeline.launcher.process.ChildProcess}, and the {@link pipeline.launcher.process.Guard} ends them if the launcher
 * itself is killed.
 */
package pipeline.launcher.process;
