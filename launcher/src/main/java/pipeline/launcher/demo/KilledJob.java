package pipeline.launcher.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.process.Supervisor;

/**
 * A job that is killed with -9 and started again, three times: as soon as one new file, then two, then three are visible to
 * readers. So it dies in the midst of a commit, whatever it calls one.
 */
final class KilledJob {
    static final int KILLS = 3;

    private final String name;
    private final ProcessSpec spec;
    private final VisibleFiles files;
    private final Committed committed;
    private ChildProcess part;
    private Set<Path> before;
    private int kills;

    /** @param name for people */
    KilledJob(String name, ProcessSpec spec, VisibleFiles files, Committed committed) {
        this.name = name;
        this.spec = spec;
        this.files = files;
        this.committed = committed;
    }

    /** Where a job goes on, by its own account; nothing before its first commit. */
    @FunctionalInterface
    interface Committed {
        Map<Integer, Long> until() throws IOException;
    }

    void start(Supervisor supervisor) throws IOException {
        before = files.list();
        part = supervisor.start(spec);
    }

    void killWhenDue(Supervisor supervisor, Console console) throws IOException {
        if (kills == KILLS || newFiles() <= kills) {
            return;
        }
        supervisor.kill(part);
        kills++;
        console.say("kill -9 %d of %d: %s; new files in sight: %d".formatted(kills, KILLS, name, newFiles()));
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
        return committed.until();
    }
}
