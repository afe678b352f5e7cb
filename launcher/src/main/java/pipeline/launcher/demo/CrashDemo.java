package pipeline.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Settings;
import pipeline.launcher.components.Broker;
import pipeline.launcher.components.Components;
import pipeline.launcher.components.TopicAdmin;
import pipeline.launcher.demo.Comparison.Side;
import pipeline.launcher.demo.Comparison.TreeCount;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.process.StopException;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.progress.LedgerFollower;
import pipeline.launcher.setup.DataFolder;
import pipeline.launcher.setup.LaunchConfig;
import pipeline.launcher.setup.Ports;

/**
 * Writes the same events with Spark's own Parquet sink and with the job, kills both by the same rule (see {@link KilledJob}),
 * and counts both outputs with the same reader.
 */
public final class CrashDemo {
    private static final String RUN_ID = "1";

    /** Enough events for batches of about ten thousand after each start of Spark, and for four starts of both jobs. */
    private static final Map<String, String> OVERRIDES = Map.of(
            Settings.EVENT_LIMIT, "100000",
            Settings.MSGS_PER_SEC, "2000",
            Settings.TRIGGER_INTERVAL, "1s",
            Settings.KAFKA_TOPIC, "events",
            Settings.RUN_ID, RUN_ID,
            Settings.ON_DATA_LOSS, "stop",
            Settings.SPARK_MASTER, "local[*]");

    private static final Duration POLL = Duration.ofMillis(2);
    /** Asking Kafka and reading a checkpoint take longer than looking for files. */
    private static final Duration CHECK = Duration.ofMillis(500);

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Settings settings;
    private final DataFolder data;
    private final Console console;
    private final Components components;
    private final Path root;
    private final Path plain;
    private long nextCheck = System.nanoTime();

    /**
     * @param root folder of the repository
     * @param settings returned by {@link #settings}
     * @param data an empty folder
     */
    public CrashDemo(Path root, Settings settings, DataFolder data, Console console) {
        this.root = root;
        this.settings = settings;
        this.data = data;
        this.console = console;
        this.components = new Components(root, data.root(), settings);
        this.plain = data.root().resolve("output/plain");
    }

    /** Returns the given settings with the events, ports and output folders of the demo. */
    public static Settings settings(Settings asked, Path folder) throws IOException {
        String port = Integer.toString(Ports.free());
        Map<String, String> overrides = new HashMap<>(OVERRIDES);
        overrides.put(Settings.KAFKA_PORT, port);
        overrides.put(Settings.KAFKA_BOOTSTRAP_SERVERS, "localhost:" + port);
        overrides.put(Settings.PRODUCER_PORT, Integer.toString(Ports.free()));
        overrides.put(Settings.OUTPUT_DIR, folder.resolve("output/ours").toString());
        return LaunchConfig.overridden(asked, overrides);
    }

    /** @return whether the output of the job has every event exactly once and no torn file */
    public boolean run(Supervisor supervisor) throws IOException {
        console.say("crash demo, in " + data.root());
        new Broker(data.kafka(), settings.kafkaPort(), settings.environment())
                .start(supervisor, console, ProcessSpec::quiet);
        KilledJob plainSink = plainSink();
        KilledJob job = job();
        long events = send(supervisor, List.of(plainSink, job));
        supervisor.stopAll();
        console.say("counting");
        Comparison comparison = new Comparison(
                events,
                new Side(plainSink.kills(), count(supervisor, "count-plain", plain.resolve("parquet"))),
                new Side(job.kills(), count(supervisor, "count-ours", ours().parquet())));
        comparison.text().forEach(console::say);
        return comparison.isOursRight();
    }

    /** Sends the events while the jobs are killed, and waits until both have committed all of them. */
    private long send(Supervisor supervisor, List<KilledJob> jobs) throws IOException {
        try (TopicAdmin topic = new TopicAdmin(settings.kafkaBootstrapServers(), settings.kafkaTopic())) {
            topic.create(supervisor, LIMIT);
            console.say("sending %s events through Spark's Parquet sink and through this pipeline"
                    .formatted(Comparison.number(settings.eventLimit().orElseThrow())));
            ChildProcess sender = supervisor.start(components.producer().quiet());
            for (KilledJob job : jobs) {
                job.start(supervisor);
            }
            supervisor.await(() -> progress(jobs), LIMIT, POLL, () -> {
                for (KilledJob job : jobs) {
                    job.killWhenDue(supervisor, console);
                }
                return !sender.isAlive()
                        && isCheckDue()
                        && committed(jobs).stream().allMatch(topic.endOffsets()::equals);
            });
            return sum(topic.endOffsets());
        }
    }

    private boolean isCheckDue() {
        long now = System.nanoTime();
        boolean due = now - nextCheck >= 0;
        if (due) {
            nextCheck = now + CHECK.toNanos();
        }
        return due;
    }

    private OutputTree ours() {
        return new OutputTree(settings.outputDir());
    }

    private KilledJob plainSink() throws IOException {
        Settings others = LaunchConfig.overridden(settings, Map.of(Settings.OUTPUT_DIR, plain.toString()));
        SparkCheckpoint checkpoint = new SparkCheckpoint(plain.resolve("checkpoint"), settings.kafkaTopic());
        return new KilledJob(
                "Spark's sink",
                new Components(root, data.root(), others)
                        .plainSink(javaOptions())
                        .quiet(),
                plain.resolve("parquet"),
                checkpoint::until);
    }

    private KilledJob job() throws IOException {
        LedgerFollower ledger = new LedgerFollower(ours().ledger(RUN_ID));
        return new KilledJob(
                "this pipeline", components.job(javaOptions()).quiet(), ours().run(RUN_ID), () -> ledger.read()
                        .until());
    }

    /** These jobs run only briefly, so a fast start matters more than peak performance. */
    private List<String> javaOptions() throws IOException {
        Path temporary = Files.createDirectories(data.root().resolve("output/tmp"));
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dspark.ui.enabled=false",
                // A process that is killed leaves its temporary files in place.
                "-Djava.io.tmpdir=" + temporary);
    }

    private static List<Map<Integer, Long>> committed(List<KilledJob> jobs) throws IOException {
        List<Map<Integer, Long>> committed = new ArrayList<>();
        for (KilledJob job : jobs) {
            committed.add(job.committed());
        }
        return committed;
    }

    private static String progress(List<KilledJob> jobs) throws IOException {
        return committed(jobs).stream()
                .map(until -> Comparison.number(sum(until)))
                .collect(Collectors.joining(
                        " and ", "Spark's sink and this pipeline to commit all events (", " so far)"));
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private TreeCount count(Supervisor supervisor, String name, Path tree) throws IOException {
        ChildProcess counter = supervisor.start(components.countRows(name, tree).quiet());
        supervisor.await(name, LIMIT, () -> !counter.isAlive());
        return counter.markedLine()
                .flatMap(TreeCount::parse)
                .orElseThrow(() -> new StopException(name + " ended without reporting its counts; see " + data.logs()));
    }
}
