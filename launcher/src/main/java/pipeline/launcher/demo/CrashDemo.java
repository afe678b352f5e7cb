package pipeline.launcher.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pipeline.events.kafka.KafkaEndpoint;
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
import pipeline.launcher.progress.LedgerTotals;
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
            Settings.EVENT_LIMIT.name(), "100000",
            Settings.MSGS_PER_SEC.name(), "2000",
            Settings.TRIGGER_INTERVAL.name(), "1s",
            Settings.KAFKA_TOPIC.name(), "events",
            Settings.RUN_ID.name(), RUN_ID,
            Settings.ON_DATA_LOSS.name(), "stop",
            Settings.SPARK_MASTER.name(), "local[*]");

    private static final Duration POLL = Duration.ofMillis(2);
    /** Not at each poll, because asking Kafka and reading a checkpoint take longer than looking for files. */
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
        overrides.put(Settings.KAFKA_PORT.name(), port);
        overrides.put(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), "localhost:" + port);
        overrides.put(Settings.KAFKA_CONFIG_FILE.name(), "");
        overrides.put(Settings.PRODUCER_PORT.name(), Integer.toString(Ports.free()));
        overrides.put(Settings.OUTPUT_DIR.name(), folder.resolve("output/ours").toString());
        return LaunchConfig.overridden(asked, overrides);
    }

    /** @return whether the output of the job has every event exactly once and no torn file */
    public boolean run(Supervisor supervisor) throws IOException {
        console.say("crash demo, in " + data.root());
        new Broker(data.kafka(), settings.get(Settings.KAFKA_PORT), settings.environment())
                .start(supervisor, console, ProcessSpec::quiet);
        KilledJob plainSink = plainSink();
        KilledJob job = job();
        long events = send(supervisor, plainSink, job);
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
    private long send(Supervisor supervisor, KilledJob plainSink, KilledJob job) throws IOException {
        try (TopicAdmin topic = new TopicAdmin(KafkaEndpoint.of(settings))) {
            topic.create(supervisor, LIMIT);
            console.say("sending %s events through Spark's Parquet sink and through this pipeline"
                    .formatted(
                            Comparison.number(settings.get(Settings.EVENT_LIMIT).orElseThrow())));
            ChildProcess sender = supervisor.start(components.producer().quiet());
            plainSink.start(supervisor);
            job.start(supervisor);
            String awaited = "Spark's sink and this pipeline to commit all events (%s and %s so far)";
            supervisor.await(() -> awaited.formatted(sum(plainSink), sum(job)), LIMIT, POLL, () -> {
                plainSink.killWhenDue(supervisor, console);
                job.killWhenDue(supervisor, console);
                if (sender.isAlive() || !isCheckDue()) {
                    return false;
                }
                Map<Integer, Long> ends = topic.endOffsets();
                return ends.equals(plainSink.committed()) && ends.equals(job.committed());
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
        return new OutputTree(settings.get(Settings.OUTPUT_DIR));
    }

    private KilledJob plainSink() throws IOException {
        Settings others = LaunchConfig.overridden(settings, Map.of(Settings.OUTPUT_DIR.name(), plain.toString()));
        SparkCheckpoint checkpoint =
                new SparkCheckpoint(plain.resolve("checkpoint"), settings.get(Settings.KAFKA_TOPIC));
        ProcessSpec spec = new Components(root, data.root(), others).plainSink(javaOptions());
        return new KilledJob("Spark's sink", spec.quiet(), plain.resolve("parquet"), checkpoint::until);
    }

    private KilledJob job() throws IOException {
        Path ledger = ours().ledger(RUN_ID);
        ProcessSpec spec = components.job(javaOptions());
        return new KilledJob("this pipeline", spec.quiet(), ours().run(RUN_ID), () -> LedgerTotals.NONE
                .withNewRecords(ledger)
                .until());
    }

    /** These jobs run only briefly, so a fast start matters more than peak performance. */
    private static List<String> javaOptions() {
        return List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dspark.ui.enabled=false");
    }

    private static String sum(KilledJob job) throws IOException {
        return Comparison.number(sum(job.committed()));
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private TreeCount count(Supervisor supervisor, String name, Path tree) throws IOException {
        ChildProcess counter = supervisor.start(components.countRows(name, tree).quiet());
        supervisor.await(name, LIMIT, () -> !counter.isAlive());
        return TreeCount.parse(counter.markedLine()
                .orElseThrow(
                        () -> new StopException(name + " ended without reporting its counts; see " + data.logs())));
    }
}
