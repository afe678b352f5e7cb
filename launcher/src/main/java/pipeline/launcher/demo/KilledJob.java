package pipeline.launcher.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pipeline.events.output.OutputTree;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.process.Supervisor.IoSupplier;

/**
 * A job that is killed with -9 and restarted three times: as soon as one new file, then two, then three new files are visible
 * to readers. This hits it in the middle of a commit, however it commits.
 */
final class KilledJob {
    static final int KILLS = 3;

    private final String name;
    private final ProcessSpec spec;
    private final Path output;
    private final IoSupplier<Map<Integer, Long>> committed;
    private ChildProcess process;
    private Set<File> before;
    private int kills;

    /**
     * @param name shown to the user
     * @param output contains the folders {@code id=…} with Parquet files; may not exist yet
     * @param committed returns the offset at which each partition continues; empty before the first commit
     */
    KilledJob(String name, ProcessSpec spec, Path output, IoSupplier<Map<Integer, Long>> committed) {
        this.name = name;
        this.spec = spec;
        this.output = output;
        this.committed = committed;
    }

    void start(Supervisor supervisor) throws IOException {
        before = visibleFiles();
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

    private long newFiles() {
        return visibleFiles().stream().filter(file -> !before.contains(file)).count();
    }

    /** Returns the files that are not empty: Spark's sink creates a file long before it writes the first byte. */
    private Set<File> visibleFiles() {
        return children(output.toFile(), name -> name.startsWith(OutputTree.ID_PREFIX))
                .flatMap(id -> children(id, name -> name.endsWith(OutputTree.PARQUET_SUFFIX)))
                .filter(file -> file.length() > 0)
                .collect(Collectors.toSet());
    }

    private static Stream<File> children(File folder, Predicate<String> name) {
        File[] children = folder.listFiles((parent, child) -> name.test(child));
        return children == null ? Stream.empty() : Stream.of(children);
    }

    int kills() {
        return kills;
    }

    Map<Integer, Long> committed() throws IOException {
        return committed.get();
    }
}
