package pipeline.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Settings;
import pipeline.launcher.components.Broker;
import pipeline.launcher.components.Components;
import pipeline.launcher.components.TopicAdmin;
import pipeline.launcher.demo.Comparison.Side;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.StopException;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.progress.LedgerFollower;
import pipeline.launcher.setup.DataFolder;
import pipeline.launcher.setup.Ports;

/**
 * The same events through Spark's own Parquet sink and through the job, each killed by the same rule, see {@link KilledJob};
 * then both trees counted by one reader that knows neither.
 */
public final class CrashDemo {
    private static final String RUN_ID = "1";

    /** Enough for batches of some ten thousand after each start of Spark, and to last for the four starts of both. */
    private static final Map<String, String> COURSE = Map.of(
            Settings.EVENT_LIMIT, "100000",
            Settings.MSGS_PER_SEC, "2000",
            Settings.TRIGGER_INTERVAL, "1s",
            Settings.KAFKA_TOPIC, "events",
            Settings.RUN_ID, RUN_ID,
            Settings.ON_DATA_LOSS, "stop",
            Settings.SPARK_MASTER, "local[*]");

    private static final Duration POLL = Duration.ofMillis(2);
    /** Asking Kafka and reading a checkpoint takes longer than looking for files. */
    private static final Duration CHECK = Duration.ofMillis(500);

    private static final Duration PROGRESS = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Settings settings;
    private final DataFolder data;
    private final Console console;
    private final Components parts;
    private final Path root;
    private final Path temporary;
    private final Path plain;

    /**
     * @param root of the repository
     * @param settings of {@link #settings}
     * @param data an empty folder
     */
    public CrashDemo(Path root, Settings settings, DataFolder data, Console console) {
        this.root = root;
        this.settings = settings;
        this.data = data;
        this.console = console;
        this.parts = new Components(root, data.root(), settings);
        this.temporary = data.root().resolve("output/tmp");
        this.plain = data.root().resolve("output/plain");
    }

    /** Returns the settings of all parts: those that were asked for, but with events, ports and output of the demo. */
    public static Settings settings(Settings asked, Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>(asked.environment());
        environment.putAll(COURSE);
        String port = Integer.toString(Ports.free());
        environment.put(Settings.KAFKA_PORT, port);
        environment.put(Settings.KAFKA_BOOTSTRAP_SERVERS, "localhost:" + port);
        environment.put(Settings.PRODUCER_PORT, Integer.toString(Ports.free()));
        environment.put(Settings.OUTPUT_DIR, folder.resolve("output/ours").toString());
        return new Settings(Map.copyOf(environment));
    }

    /** @return whether the job lost, doubled and tore nothing */
    public boolean run(Supervisor supervisor) throws IOException {
        console.say("crash demo, in " + data.root());
        startBroker(supervisor);
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
            supervisor.await("the broker", LIMIT, topic::isBrokerUp);
            topic.create();
            supervisor.await("topic " + settings.kafkaTopic(), LIMIT, topic::isReady);
            console.say("sending %s events through Spark's Parquet sink and through this pipeline"
                    .formatted(Comparison.number(settings.eventLimit().orElseThrow())));
            return sum(untilCommitted(supervisor, topic, jobs));
        }
    }

    private OutputTree ours() {
        return new OutputTree(settings.outputDir());
    }

    private void startBroker(Supervisor supervisor) throws IOException {
        Broker broker = new Broker(data.kafka(), settings.kafkaPort(), settings.environment());
        broker.configure(Ports.free());
        supervisor.run(broker.format().quiet(), LIMIT);
        console.say("starting a broker");
        supervisor.start(broker.server().quiet());
    }

    private KilledJob plainSink() throws IOException {
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put(Settings.OUTPUT_DIR, plain.toString());
        Components others = new Components(root, data.root(), new Settings(environment));
        SparkCheckpoint checkpoint = new SparkCheckpoint(plain.resolve("checkpoint"), settings.kafkaTopic());
        return new KilledJob(
                "Spark's sink",
                others.plainSink(javaOptions()).quiet(),
                new VisibleFiles(plain.resolve("parquet")),
                checkpoint::until);
    }

    private KilledJob job() throws IOException {
        LedgerFollower ledger = new LedgerFollower(ours().ledger(RUN_ID));
        return new KilledJob(
                "this pipeline",
                parts.job(javaOptions()).quiet(),
                new VisibleFiles(ours().run(RUN_ID)),
                () -> ledger.read().until());
    }

    /** Short lives: what makes a start quick counts, not what makes a long run quick. */
    private List<String> javaOptions() throws IOException {
        Files.createDirectories(temporary);
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dspark.ui.enabled=false",
                // Of a process that is killed they stay.
                "-Djava.io.tmpdir=" + temporary);
    }

    /** @return where Kafka ends, and both jobs */
    private Map<Integer, Long> untilCommitted(Supervisor supervisor, TopicAdmin topic, List<KilledJob> jobs)
            throws IOException {
        long began = System.nanoTime();
        Duration checked = Duration.ZERO;
        Duration said = Duration.ZERO;
        ChildProcess sender = supervisor.start(parts.producer().quiet());
        for (KilledJob job : jobs) {
            job.start(supervisor);
        }
        while (true) {
            supervisor.pause(POLL);
            for (KilledJob job : jobs) {
                job.killWhenDue(supervisor, console);
            }
            Duration now = Duration.ofNanos(System.nanoTime() - began);
            if (now.compareTo(said.plus(PROGRESS)) >= 0) {
                said = now;
                console.say(progress(now, jobs));
            }
            if (!sender.isAlive() && now.compareTo(checked.plus(CHECK)) >= 0) {
                checked = now;
                Map<Integer, Long> ends = topic.endOffsets();
                if (areAt(ends, jobs)) {
                    return ends;
                }
            }
            if (now.compareTo(LIMIT) > 0) {
                throw StopException.because(
                        "not all is committed after %d s; see %s".formatted(LIMIT.toSeconds(), data.logs()));
            }
        }
    }

    private static boolean areAt(Map<Integer, Long> ends, List<KilledJob> jobs) throws IOException {
        for (KilledJob job : jobs) {
            if (!job.committed().equals(ends)) {
                return false;
            }
        }
        return true;
    }

    private static String progress(Duration now, List<KilledJob> jobs) throws IOException {
        List<String> texts = new ArrayList<>();
        for (KilledJob job : jobs) {
            texts.add("%s %s".formatted(job.name(), Comparison.number(sum(job.committed()))));
        }
        return "%d s, events committed: %s".formatted(now.toSeconds(), String.join(", ", texts));
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private TreeCount count(Supervisor supervisor, String name, Path tree) throws IOException {
        ChildProcess counter = supervisor.start(parts.countRows(name, tree).quiet());
        supervisor.await(name, LIMIT, () -> !counter.isAlive());
        return counter.markedLine()
                .flatMap(TreeCount::parse)
                .orElseThrow(() -> StopException.because(name + " ended without its numbers; see " + data.logs()));
    }
}
