package pipeline.endtoend.logs;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import pipeline.endtoend.system.KillableProcess;
import pipeline.launcher.components.Broker;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.setup.Ports;

/** Three brokers and a controller of their own, so that the controller remains when brokers are killed. */
final class Cluster implements AutoCloseable {
    static final int BROKERS = 3;
    private static final int CONTROLLER = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int REQUEST_MILLIS = 10_000;

    private final int[] ports =
            IntStream.range(0, BROKERS).map(i -> Ports.free()).toArray();
    private final int controllerPort = Ports.free();
    private final String clusterId = Uuid.randomUuid().toString();
    private final List<KillableProcess> brokers = new ArrayList<>();
    private final KillableProcess controller;

    Cluster(Path folder) throws IOException {
        controller = node(folder.resolve("controller"), CONTROLLER, controllerPort, "controller");
        for (int i = 0; i < BROKERS; i++) {
            brokers.add(node(folder.resolve("broker-" + i), i, ports[i], "broker"));
        }
    }

    /** Takes the settings of {@code ./pipeline}'s broker, apart from its roles. */
    private KillableProcess node(Path folder, int id, int port, String role) throws IOException {
        Broker broker = new Broker(folder, port, new HashMap<>(System.getenv()));
        broker.configure(controllerPort);
        Path config = folder.resolve("server.properties");
        List<String> lines = new ArrayList<>(Files.readAllLines(config).stream()
                .filter(line -> !line.matches("(process\\.roles|node\\.id|controller\\.quorum|listeners|advertised).*"))
                .toList());
        lines.add("process.roles=" + role);
        lines.add("node.id=" + id);
        lines.add("controller.quorum.voters=" + CONTROLLER + "@127.0.0.1:" + controllerPort);
        lines.add("broker.session.timeout.ms=3000");
        lines.add("broker.heartbeat.interval.ms=500");
        lines.add("replica.lag.time.max.ms=3000");
        if (role.equals("broker")) {
            lines.add("listeners=CLIENT://127.0.0.1:" + port);
            lines.add("advertised.listeners=CLIENT://localhost:" + port);
        } else {
            lines.add("listeners=CONTROLLER://127.0.0.1:" + port);
        }
        Files.write(config, lines);
        KillableProcess format = new KillableProcess(withClusterId(broker.format()), folder);
        format.start();
        format.hasEndedWithin(60);
        return new KillableProcess(broker.server(), folder);
    }

    private ProcessSpec withClusterId(ProcessSpec format) {
        List<String> command = new ArrayList<>(format.command());
        command.set(command.indexOf("--cluster-id") + 1, clusterId);
        return new ProcessSpec(
                format.name(), command, format.environment(), format.folder(), format.shown(), format.mark(), true);
    }

    void start() {
        controller.start();
        brokers.forEach(KillableProcess::start);
    }

    KillableProcess broker(int id) {
        return brokers.get(id);
    }

    String bootstrapServers() {
        return IntStream.of(ports).mapToObj(port -> "localhost:" + port).collect(Collectors.joining(","));
    }

    /** Creates a topic with three partitions, each of which has a replica on every broker. */
    void createTopic(String name, Map<String, String> settings) {
        await("the brokers")
                .atMost(PATIENCE)
                .ignoreException(ExecutionException.class)
                .until(() -> {
                    try (Admin admin = admin()) {
                        return admin.describeCluster().nodes().get().size() == BROKERS;
                    }
                });
        await("the topic")
                .atMost(PATIENCE)
                .ignoreException(ExecutionException.class)
                .until(() -> exists(name) || created(name, settings));
        awaitInSync(name, BROKERS);
    }

    /** The topic may have been created although the answer came too late. */
    private boolean exists(String name) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.listTopics().names().get().contains(name);
        }
    }

    private boolean created(String name, Map<String, String> settings) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, 3, (short) BROKERS).configs(settings)))
                    .all()
                    .get();
            return true;
        }
    }

    /** Returns the leader of a partition, if it has one. */
    Optional<Integer> leader(String topic, int partition) {
        return Optional.ofNullable(describe(topic, partition).leader()).map(node -> node.id());
    }

    int inSync(String topic, int partition) {
        return describe(topic, partition).isr().size();
    }

    void awaitInSync(String topic, int replicas) {
        await(replicas + " replicas in sync")
                .atMost(PATIENCE)
                .ignoreException(UnansweredException.class)
                .until(() -> IntStream.range(0, 3)
                        .allMatch(partition ->
                                leader(topic, partition).isPresent() && inSync(topic, partition) == replicas));
    }

    private TopicPartitionInfo describe(String topic, int partition) {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .get(partition);
        } catch (ExecutionException e) {
            throw new UnansweredException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The brokers are being started or killed. Errors of the tests themselves are not ignored. */
    private static final class UnansweredException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnansweredException(ExecutionException cause) {
            super(cause);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers(),
                "request.timeout.ms", REQUEST_MILLIS,
                "default.api.timeout.ms", REQUEST_MILLIS));
    }

    @Override
    public void close() {
        brokers.forEach(KillableProcess::kill);
        controller.kill();
    }
}
