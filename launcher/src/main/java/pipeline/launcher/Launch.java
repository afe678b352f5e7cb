package pipeline.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
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

/** One run: broker, topic, validator, job, producer and maybe Airflow; then what was asked for. */
final class Launch {
    private static final Duration FORMAT_LIMIT = Duration.ofMinutes(2);
    /** A slow machine needs most of a minute for Spark. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final LaunchConfig config;
    private final Settings settings;
    private final DataFolder data;
    private final Console console;
    private final Components parts;
    private final VirtualEnvironment airflow;
    private final ServiceClient producer;
    private final ServiceClient validator;

    Launch(Path root, LaunchConfig config, DataFolder data, Console console) {
        this.config = config;
        this.settings = config.settings();
        this.data = data;
        this.console = console;
        this.parts = new Components(root, data.root(), settings);
        this.airflow = new VirtualEnvironment(root.resolve("airflow"), settings.environment());
        this.producer = new ServiceClient(settings.producerPort());
        this.validator = new ServiceClient(settings.validatorPort());
    }

    /** @return whether all is as it should be */
    boolean run(Supervisor supervisor) throws IOException {
        if (config.airflow()) {
            airflow.prepare(supervisor, console);
        }
        long began = System.nanoTime();
        startBroker(supervisor);
        try (TopicAdmin topic = new TopicAdmin(settings.kafkaBootstrapServers(), settings.kafkaTopic())) {
            supervisor.await("the broker", START_LIMIT, topic::isBrokerUp);
            topic.create();
            supervisor.await("topic " + settings.kafkaTopic(), START_LIMIT, topic::isReady);
            ProgressReader observation = new ProgressReader(config, topic, producer);
            console.say("starting validator, job" + (config.airflow() ? ", Airflow" : "") + " and producer");
            int sparkPort = Ports.firstFree(4040);
            supervisor.start(parts.validator());
            ChildProcess job = supervisor.start(parts.job(sparkPort));
            ChildProcess sender = supervisor.start(parts.producer());
            Map<String, BooleanSupplier> awaited = awaited(job, sender);
            if (config.airflow()) {
                ChildProcess started = supervisor.start(parts.airflow(airflow.python()));
                awaited.put("airflow", () -> started.markedLine().isPresent());
            }
            awaitHealth(supervisor, awaited);
            console.say("all is healthy after %d s"
                    .formatted(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
            addresses(sparkPort).forEach(console::say);
            LaunchMonitor course = new LaunchMonitor(config, console, supervisor, observation, sender);
            if (config.untilCommitted()) {
                return course.untilCommitted(validator);
            }
            course.untilOver();
            return true;
        }
    }

    private void startBroker(Supervisor supervisor) throws IOException {
        Broker broker = new Broker(data.kafka(), settings.kafkaPort(), settings.environment());
        broker.configure(Ports.free());
        if (!broker.isFormatted()) {
            console.say("preparing " + data.kafka());
            supervisor.run(broker.format(), FORMAT_LIMIT);
        }
        console.say("starting broker");
        supervisor.start(broker.server());
    }

    private Map<String, BooleanSupplier> awaited(ChildProcess job, ChildProcess sender) {
        Map<String, BooleanSupplier> awaited = new LinkedHashMap<>();
        awaited.put("validator", validator::isReady);
        awaited.put("job", () -> job.markedLine().isPresent());
        awaited.put("producer", () -> !sender.isAlive() || producer.isReady());
        return awaited;
    }

    private void awaitHealth(Supervisor supervisor, Map<String, BooleanSupplier> awaited) throws IOException {
        supervisor.await(() -> String.join(", ", awaited.keySet()), START_LIMIT, () -> {
            for (String name : List.copyOf(awaited.keySet())) {
                if (awaited.get(name).getAsBoolean()) {
                    awaited.remove(name);
                    console.say(name + " is healthy");
                }
            }
            return awaited.isEmpty();
        });
    }

    private List<String> addresses(int sparkPort) {
        List<String> lines = new ArrayList<>();
        lines.add("  page        " + validator.url("/"));
        lines.add("  aggregates  " + validator.url("/aggregates"));
        lines.add("  REST        " + validator.url("/q/swagger-ui"));
        if (config.airflow()) {
            lines.add("  Airflow     http://localhost:" + settings.airflowPort() + " (admin / admin)");
        }
        lines.add("  Spark       http://localhost:" + sparkPort);
        lines.add("  producer    " + producer.url("/q/health"));
        lines.add("  Kafka       " + settings.kafkaBootstrapServers() + ", topic " + settings.kafkaTopic());
        lines.add("  output      " + config.output().run(settings.runId()));
        lines.add("  data, logs  " + data.root());
        if (!config.untilCommitted()) {
            lines.add("Ctrl-C stops all of it; ./pipeline goes on where it stopped");
        }
        return lines;
    }
}
