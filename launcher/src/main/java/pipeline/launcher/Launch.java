package pipeline.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import pipeline.events.settings.Settings;
import pipeline.launcher.components.Broker;
import pipeline.launcher.components.Components;
import pipeline.launcher.components.ServiceClient;
import pipeline.launcher.components.TopicAdmin;
import pipeline.launcher.components.VirtualEnvironment;
import pipeline.launcher.process.ChildProcess;
import pipeline.launcher.process.Console;
import pipeline.launcher.process.Supervisor;
import pipeline.launcher.setup.DataFolder;
import pipeline.launcher.setup.LaunchConfig;
import pipeline.launcher.setup.Ports;
import pipeline.launcher.setup.Service;

/** Starts what the options ask for, broker and topic first; then runs as long as they say. */
final class Launch {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Spark alone takes almost a minute on a slow machine. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final LaunchConfig config;
    private final Settings settings;
    private final DataFolder data;
    private final Console console;
    private final Components components;
    private final VirtualEnvironment airflow;
    private final ServiceClient producer;
    private final ServiceClient validator;

    Launch(Path root, LaunchConfig config, DataFolder data, Console console) {
        this.config = config;
        this.settings = config.settings();
        this.data = data;
        this.console = console;
        this.components = new Components(root, data.root(), settings);
        this.airflow = new VirtualEnvironment(root.resolve("airflow"), settings.environment());
        this.producer = new ServiceClient(settings.get(Settings.PRODUCER_PORT));
        this.validator = new ServiceClient(settings.get(Settings.VALIDATOR_PORT));
    }

    /** @return whether every count agrees, if the launch compares counts */
    boolean run(Supervisor supervisor) throws IOException {
        if (config.airflow()) {
            airflow.prepare(supervisor, console);
        }
        long began = System.nanoTime();
        if (config.ownBroker()) {
            new Broker(data.kafka(), settings.get(Settings.KAFKA_PORT), settings.environment())
                    .start(supervisor, console, UnaryOperator.identity());
        }
        try (TopicAdmin topic = new TopicAdmin(config.kafka())) {
            topic.create(supervisor, START_LIMIT);
            LaunchMonitor monitor =
                    new LaunchMonitor(config, console, supervisor, topic, producer, components.producerTotals());
            int sparkPort = Ports.firstFree(4040);
            Optional<ChildProcess> sender = startComponents(supervisor, sparkPort);
            console.say("all is healthy after %d s"
                    .formatted(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
            sayAddresses(sparkPort);
            return monitor.watch(sender, validator);
        }
    }

    /** Starts each component, waits until all of them are healthy, and returns the producer if it was started. */
    private Optional<ChildProcess> startComponents(Supervisor supervisor, int sparkPort) throws IOException {
        Optional<ChildProcess> sender = Optional.empty();
        Map<String, BooleanSupplier> awaited = new LinkedHashMap<>();
        if (config.starts(Service.VALIDATOR)) {
            console.say("starting validator");
            supervisor.start(components.validator());
            awaited.put("validator", validator::isReady);
        }
        if (config.starts(Service.JOB)) {
            console.say("starting job");
            ChildProcess job = supervisor.start(components.job(sparkPort));
            awaited.put("job", () -> job.markedLine().isPresent());
        }
        if (config.starts(Service.PRODUCER)) {
            console.say("starting producer");
            Files.deleteIfExists(components.producerTotals());
            ChildProcess started = supervisor.start(components.producer());
            awaited.put("producer", () -> !started.isAlive() || producer.isReady());
            sender = Optional.of(started);
        }
        if (config.airflow()) {
            console.say("starting Airflow");
            ChildProcess started = supervisor.start(components.airflow(airflow.python()));
            awaited.put("airflow", () -> started.markedLine().isPresent());
        }
        supervisor.await(() -> String.join(", ", awaited.keySet()), START_LIMIT, POLL, () -> {
            awaited.entrySet().removeIf(component -> {
                boolean healthy = component.getValue().getAsBoolean();
                if (healthy) {
                    console.say(component.getKey() + " is healthy");
                }
                return healthy;
            });
            return awaited.isEmpty();
        });
        return sender;
    }

    private void sayAddresses(int sparkPort) {
        console.say("  page        " + validator.url("/"));
        console.say("  aggregates  " + validator.url("/aggregates"));
        console.say("  REST        " + validator.url("/q/swagger-ui"));
        if (config.airflow()) {
            console.say("  Airflow     http://localhost:" + settings.get(Settings.AIRFLOW_PORT) + " (admin / admin)");
        }
        if (config.starts(Service.JOB)) {
            console.say("  Spark       http://localhost:" + sparkPort);
        }
        console.say("  producer    " + producer.url("/q/health"));
        console.say("  Kafka       " + settings.get(Settings.KAFKA_BOOTSTRAP_SERVERS) + ", topic "
                + settings.get(Settings.KAFKA_TOPIC));
        if (settings.isSet(Settings.EVENT_SCHEMA_FILE)) {
            console.say("  schema      " + settings.text(Settings.EVENT_SCHEMA_FILE));
        }
        console.say("  output      " + config.output().run(settings.get(Settings.RUN_ID)));
        console.say("  data, logs  " + data.root());
        if (!config.untilCommitted()) {
            console.say("Ctrl-C stops everything; the next ./pipeline continues from there");
        }
    }
}
