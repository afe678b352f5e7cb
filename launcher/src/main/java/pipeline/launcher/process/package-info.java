/**
 * Child processes: the {@link pipeline.launcher.process.Supervisor} starts, watches and stops them, each is a
 * {@link pipeline.launcher.process.ChildProcess}, and the {@link pipeline.launcher.process.Guard} ends them if the launcher
 * itself is killed. The {@link pipeline.launcher.process.Console} shows their lines.
 */
package pipeline.launcher.process;
