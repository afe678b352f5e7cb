package pipeline.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.Guard;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.process.StopRequest;
import pipeline.launcher.process.Supervisor;

/** Uses a shell in place of a job. */
class KilledJobTest {
    @TempDir
    private Path temp;

    private final Console console = Console.standardOutput(false, Map.of());
    private Guard guard;
    private Supervisor supervisor;

    @BeforeEach
    void startGuard() throws IOException {
        guard = Guard.start();
        supervisor = new Supervisor(temp, console, guard, new StopRequest());
    }

    @AfterEach
    void stopAll() throws IOException {
        supervisor.stopAll();
        guard.close();
    }

    @Test
    void killsThreeTimesAndThenLetsTheJobLive() throws IOException {
        KilledJob job = job("echo life >> lives; for n in 1 2 3 4; do echo x > id=0/$$-$n.parquet; done");

        watch(job, () -> job.kills() == KilledJob.KILLS && lives() == KilledJob.KILLS + 1);
        job.killWhenDue(supervisor, console);

        assertThat(job.kills()).isEqualTo(KilledJob.KILLS);
    }

    @Test
    void letsAJobLiveThatShowsNothingNew() throws IOException {
        Files.writeString(Files.createDirectories(temp.resolve("id=0")).resolve("old.parquet"), "x");
        KilledJob job = job("true > id=0/empty.parquet; echo x > id=0/other.txt; echo life >> lives");

        watch(job, () -> lives() == 1);
        job.killWhenDue(supervisor, console);

        assertThat(job.kills()).isZero();
    }

    private KilledJob job(String script) throws IOException {
        Files.createDirectories(temp.resolve("id=0"));
        ProcessSpec spec = new ProcessSpec(
                "job",
                List.of("/bin/sh", "-c", script + "; exec sleep 60"),
                Map.of("PATH", System.getenv("PATH")),
                temp,
                line -> false,
                "",
                false);
        return new KilledJob("the job", spec, temp, Map::of);
    }

    private void watch(KilledJob job, Condition condition) throws IOException {
        job.start(supervisor);
        while (!condition.holds()) {
            supervisor.pause(Duration.ofMillis(2));
            job.killWhenDue(supervisor, console);
        }
    }

    private long lives() throws IOException {
        Path lives = temp.resolve("lives");
        return Files.exists(lives) ? Files.readAllLines(lives).size() : 0;
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }
}
