package pipeline.launcher.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.IoSupplier;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.process.Supervisor;

/**
 * A job that is killed with -9 and restarted three times: as soon as one new file, then two, then three new files are visible
 * to readers. This hits it in the middle of a commit, however it commits.
 */
final class KilledJob {
    static final int KILLS = 3;

    private final String name;
    private final ProcessSpec spec;
    private final VisibleFiles files;
    private final IoSupplier<Map<Integer, Long>> committed;
    private ChildProcess process;
    private Set<Path> before;
    private int kills;

    /**
     * @param name shown to the user
     * @param committed returns the offset at which each partition continues; empty before the first commit
     */
    KilledJob(String name, ProcessSpec spec, VisibleFiles files, IoSupplier<Map<Integer, Long>> committed) {
        this.name = name;
        this.spec = spec;
        this.files = files;
        this.committed = committed;
    }

    void start(Supervisor supervisor) throws IOException {
        before = files.list();
        process = supervisor.start(spec);
    }

    void killWhenDue(Supervisor supervisor, Console console) throws IOException {
        if (kills == KILLS || newFiles() <= kills) {
            return;
        }
        supervisor.kill(process);
        kills++;
        console.say("kill -9 %d of %d: %s; new visible files: %d".formatted(kills, KILLS, name, newFiles()));
        start(supervisor);
    }

    private long newFiles() throws IOException {
        return files.list().stream().filter(file -> !before.contains(file)).count();
    }

    String name() {
        return name;
    }

    int kills() {
        return kills;
    }

    Map<Integer, Long> committed() throws IOException {
        return committed.get();
    }
}
