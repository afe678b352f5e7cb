package pipeline.endtoend.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.TableRecord;
import pipeline.events.settings.Settings;
import pipeline.launcher.components.Broker;
import pipeline.launcher.components.Components;
import pipeline.launcher.components.TopicAdmin;
import pipeline.launcher.setup.Ports;

/** The real components on free ports, with their data in one folder. */
public final class SystemUnderTest implements AutoCloseable {
    public static final String RUN = "1";
    /** Makes the producer log each acknowledged event. */
    public static final Map<String, String> SAY_ACKED =
            Map.of("quarkus.log.category.\"pipeline.producer.acked\".level", "DEBUG");

    private static final String ACKED = "acked ";

    private final Path root;
    private final Map<String, String> environment;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final KillableProcess broker;
    private final boolean ownsBroker;
    private final KillableProcess job;
    private final KillableProcess producer;
    private final KillableProcess validator;
    private final Settings settings;

    /** @param settings what differs from the defaults, by the names of {@link Settings} */
    public SystemUnderTest(Path root, Map<String, String> settings) throws IOException {
        this(root, environment(root, settings), Optional.empty());
    }

    private SystemUnderTest(Path root, Map<String, String> environment, Optional<KillableProcess> sharedBroker)
            throws IOException {
        this.root = Files.createDirectories(root);
        this.environment = environment;
        this.settings = new Settings(environment);
        Components parts = new Components(Repository.ROOT, root, this.settings);
        ownsBroker = sharedBroker.isEmpty();
        broker = ownsBroker ? formattedBroker() : sharedBroker.get();
        job = new KillableProcess(parts.job(Ports.free()), root);
        producer = new KillableProcess(parts.producer(), root);
        validator = new KillableProcess(parts.validator(), root);
    }

    /**
     * Returns a system on a broker that already runs.
     *
     * @param settings with {@code KAFKA_BOOTSTRAP_SERVERS}
     */
    public static SystemUnderTest on(KillableProcess broker, Path root, Map<String, String> settings)
            throws IOException {
        return new SystemUnderTest(root, environment(root, settings), Optional.of(broker));
    }

    private static Map<String, String> environment(Path root, Map<String, String> settings) throws IOException {
        String kafkaPort = Integer.toString(Ports.free());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("KAFKA_") || name.equals(Settings.OUTPUT_DIR));
        // The components live only for seconds: their start is most of what a suite costs.
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dspark.ui.enabled=false");
        // So that a test sees at once what it has just done.
        environment.put("VALIDATOR_VALIDATION_MAX_AGE", "0s");
        environment.putAll(Map.of(
                Settings.KAFKA_PORT.name(),
                kafkaPort,
                Settings.KAFKA_BOOTSTRAP_SERVERS.name(),
                "localhost:" + kafkaPort,
                Settings.PRODUCER_PORT.name(),
                Integer.toString(Ports.free()),
                Settings.VALIDATOR_PORT.name(),
                Integer.toString(Ports.free()),
                Settings.OUTPUT_DIR.name(),
                root.resolve("output").toString(),
                Settings.RUN_ID.name(),
                RUN,
                Settings.TRIGGER_INTERVAL.name(),
                "1s"));
        environment.putAll(settings);
        return environment;
    }

    private KillableProcess formattedBroker() throws IOException {
        Broker kafka = new Broker(root.resolve("kafka"), settings.get(Settings.KAFKA_PORT), environment);
        kafka.configure(Ports.free());
        KillableProcess format = new KillableProcess(kafka.format(), root);
        format.start();
        format.hasEndedWithin(60);
        return new KillableProcess(kafka.server(), root);
    }

    /**
     * Returns a system on the same broker and below the same folder, with a topic and an output of its own, so that what
     * happens to it does not disturb this one.
     */
    public SystemUnderTest beside(String name, Map<String, String> settings) throws IOException {
        Path folder = root.resolve(name);
        Map<String, String> others = new HashMap<>(environment);
        others.putAll(Map.of(
                Settings.KAFKA_TOPIC.name(), name,
                Settings.VALIDATOR_PORT.name(), Integer.toString(Ports.free()),
                Settings.OUTPUT_DIR.name(), folder.resolve("output").toString()));
        others.putAll(settings);
        return new SystemUnderTest(folder, others, Optional.of(broker));
    }

    /** Returns a system with its own broker, which listens on the same address as the broker of this one. */
    public SystemUnderTest atTheSameAddress(String name) throws IOException {
        return new SystemUnderTest(
                root.resolve(name),
                Map.of(
                        Settings.KAFKA_PORT.name(), Integer.toString(settings.get(Settings.KAFKA_PORT)),
                        Settings.KAFKA_BOOTSTRAP_SERVERS.name(), bootstrapServers(),
                        Settings.KAFKA_TOPIC.name(), topicName()));
    }

    /** Starts the broker unless it is running, and creates the topic unless it exists. */
    public void startBroker() {
        if (!broker.isAlive()) {
            broker.start();
        }
        createTopic();
    }

    /** Waits for the broker first. */
    public void createTopic() {
        try (TopicAdmin topic = topic()) {
            await("the broker")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptionsInstanceOf(KafkaException.class)
                    .until(() -> {
                        topic.create();
                        return true;
                    });
            await("the topic").atMost(Duration.ofMinutes(1)).until(topic::isReady);
        }
    }

    public KillableProcess broker() {
        return broker;
    }

    public KillableProcess job() {
        return job;
    }

    /** Returns another job on the same run. */
    public KillableProcess anotherJob() throws IOException {
        Path folder = Files.createDirectories(root.resolve("another-job"));
        return new KillableProcess(new Components(Repository.ROOT, folder, settings).job(Ports.free()), folder);
    }

    public KillableProcess producer() {
        return producer;
    }

    public KillableProcess validator() {
        return validator;
    }

    public TopicAdmin topic() {
        return new TopicAdmin(kafka());
    }

    public KafkaEndpoint kafka() {
        return KafkaEndpoint.of(settings);
    }

    public String bootstrapServers() {
        return settings.get(Settings.KAFKA_BOOTSTRAP_SERVERS);
    }

    public String topicName() {
        return settings.get(Settings.KAFKA_TOPIC);
    }

    public Path root() {
        return root;
    }

    public OutputTree tree() {
        return new OutputTree(settings.get(Settings.OUTPUT_DIR));
    }

    /** Returns the ledger's newest record, as any reader finds it. */
    public Optional<LedgerRecord> lastRecord() throws IOException {
        Path ledger = tree().ledger(RUN);
        if (!Files.isDirectory(ledger)) {
            return Optional.empty();
        }
        try (Stream<Path> records = Files.list(ledger)) {
            Optional<Path> newest = records.filter(file -> file.toString().endsWith(OutputTree.RECORD_SUFFIX))
                    .max(Path::compareTo);
            return newest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LedgerJson.decode(Files.readAllBytes(newest.get())));
        }
    }

    /** Returns the record of the newest batch of a run that is a table. */
    public Optional<TableRecord> lastTableRecord() throws IOException {
        return new TableRecords(settings.get(Settings.ICEBERG_CONFIG_FILE).orElseThrow(), RUN).newest();
    }

    /** The newest batch, in the tree or in the table. */
    private record Newest(long seq, Map<Integer, Long> until) {}

    private Optional<Newest> newest() throws IOException {
        return settings.isSet(Settings.ICEBERG_CONFIG_FILE)
                ? lastTableRecord()
                        .map(last -> new Newest(last.commit().seq(), last.read().until()))
                : lastRecord().map(last -> new Newest(last.seq(), last.until()));
    }

    public long batches() throws IOException {
        return newest().map(last -> last.seq() + 1).orElse(0L);
    }

    public long committedEvents() throws IOException {
        return newest().map(last -> last.until().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .orElse(0L);
    }

    public boolean isCaughtUp() throws IOException {
        try (TopicAdmin topic = topic()) {
            return newest().map(Newest::until).equals(Optional.of(topic.endOffsets()));
        } catch (KafkaException e) {
            return false;
        }
    }

    /** Waits until the job has read the topic to its end; fails as soon as the job ends. */
    public void awaitCaughtUp(Duration atMost) {
        await("the job has caught up")
                .atMost(atMost)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    assertThat(job.isAlive()).as("see " + job.log()).isTrue();
                    return isCaughtUp();
                });
    }

    public long eventsInKafka() {
        try (TopicAdmin topic = topic()) {
            return topic.endOffsets().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        } catch (KafkaException e) {
            return 0;
        }
    }

    /** Returns {@code session seq json} of each acknowledged event, as logged by a producer with {@link #SAY_ACKED}. */
    public List<String> acked() throws IOException {
        try (Stream<String> lines = Files.lines(producer.log())) {
            return lines.filter(line -> line.contains(ACKED))
                    .map(line -> line.substring(line.indexOf(ACKED) + ACKED.length()))
                    .toList();
        }
    }

    /** Returns the body of the answer, or nothing if there was none. */
    public Optional<String> get(String path) {
        URI uri = URI.create("http://localhost:" + settings.get(Settings.VALIDATOR_PORT) + path);
        try {
            return Optional.of(http.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(60))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        List.of(producer, job, validator).forEach(KillableProcess::kill);
        if (ownsBroker) {
            broker.kill();
        }
    }
}
