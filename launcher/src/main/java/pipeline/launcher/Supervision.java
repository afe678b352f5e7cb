package pipeline.launcher;

import java.io.IOException;
import picocli.CommandLine.ExitCode;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.Guard;
import pipeline.launcher.process.StopException;
import pipeline.launcher.process.StopRequest;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.setup.DataFolder;

/** Runs a task under supervision: a signal stops it, and no component survives it, however it ends. */
public record Supervision(DataFolder data, Console console) {

    /** Starts components; returns whether it succeeded. */
    @FunctionalInterface
    public interface Task {
        boolean run(Supervisor supervisor) throws IOException;
    }

    /** @return the exit code */
    public int run(Task task) throws IOException {
        StopRequest stopRequest = StopRequest.listen();
        try (Guard guard = Guard.start()) {
            data.rememberGuard(guard.pid());
            return run(task, new Supervisor(data.logs(), console, guard, stopRequest));
        } finally {
            data.close();
            console.flush();
            // If a signal is waiting for this, the JVM exits at once.
            stopRequest.finished();
        }
    }

    private int run(Task task, Supervisor supervisor) throws IOException {
        try {
            return task.run(supervisor) ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (StopException e) {
            console.clearStatus();
            if (e.isFailure()) {
                console.error("pipeline: " + e.getMessage());
            }
            return ExitCode.SOFTWARE;
        } finally {
            supervisor.stopAll();
        }
    }
}
