package pipeline.producer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import pipeline.events.kafka.TopicWait;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.sample.NoSampleException;
import pipeline.events.schema.sample.RandomEvents;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;
import pipeline.producer.generate.BuiltInEvents;
import pipeline.producer.generate.EventGenerator;
import pipeline.producer.generate.EventLoop;
import pipeline.producer.generate.Pace;
import pipeline.producer.kafka.TopicProbe;
import pipeline.producer.kafka.UnusableClientException;
import pipeline.producer.observe.Deliveries;
import pipeline.producer.observe.Deliveries.Totals;
import pipeline.producer.observe.RateReport;

/**
 * What the producer does from start to stop: it waits for the topic, sends events until the limit is reached or it is told
 * to stop, then waits for Kafka's acknowledgements and logs the totals.
 */
@ApplicationScoped
public class ProducerSession {
    private static final Logger LOG = Logger.getLogger(ProducerSession.class);
    private static final Duration FOREVER = Duration.ofDays(365);
    /** How long the channel may take to report the events it gave up. */
    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(2);

    /** Sends the events of the session. */
    public interface Channel extends EventLoop.Output {
        /** Gives up pending events, so that none reaches Kafka after the final count. */
        void abort();
    }

    private final Settings settings;
    private final Duration drainTimeout;
    private final Optional<Path> totalsFile;
    private final TopicProbe topic;
    private final Deliveries deliveries;
    private final RateReport rateReport;
    private final EventLoop loop;
    private volatile Channel channel;

    /**
     * @param drainTimeout how long to wait for Kafka's acknowledgements when the producer is told to stop
     * @param totalsFile where to write the totals as JSON at the end, for the program that started this one
     */
    ProducerSession(
            Settings settings,
            @ConfigProperty(name = "producer.drain-timeout", defaultValue = "15s") Duration drainTimeout,
            @ConfigProperty(name = "producer.totals-file") Optional<Path> totalsFile,
            TopicProbe topic,
            Deliveries deliveries,
            RateReport rateReport) {
        this.settings = settings;
        this.drainTimeout = drainTimeout;
        this.totalsFile = totalsFile;
        this.topic = topic;
        this.deliveries = deliveries;
        this.rateReport = rateReport;
        this.loop = new EventLoop(
                generator(settings),
                new Pace(settings.get(Settings.MSGS_PER_SEC), System::nanoTime),
                settings.get(Settings.EVENT_LIMIT),
                deliveries::skipped);
    }

    /** @throws InvalidSettingException when events of the schema cannot be made up */
    static EventGenerator generator(Settings settings) {
        SplittableRandom random = new SplittableRandom();
        Optional<EventSchema> schema = settings.get(Settings.EVENT_SCHEMA_FILE);
        if (schema.isEmpty()) {
            return new BuiltInEvents(random);
        }
        try {
            return new RandomEvents(schema.get(), random)::next;
        } catch (NoSampleException e) {
            throw new InvalidSettingException(
                    Settings.EVENT_SCHEMA_FILE.name(), settings.text(Settings.EVENT_SCHEMA_FILE), e.getMessage());
        }
    }

    /** Sends events from a new thread, which does not keep the process alive. */
    public void start(Channel newChannel) {
        channel = newChannel;
        Thread thread = new Thread(this::run, "events");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            new TopicWait(this::logWaiting).await(topic::problem, loop::isStopped);
            loop.run(channel);
            if (!loop.isStopped()) {
                deliveries.awaitSettled(FOREVER);
                Quarkus.asyncExit(deliveries.totals().failed() == 0 ? 0 : 1);
            }
        } catch (UnusableClientException e) {
            LOG.error(e.getMessage());
            Quarkus.asyncExit(ProducerMain.EXIT_BAD_SETUP);
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("Cannot send more events", e);
            Quarkus.asyncExit(1);
        }
    }

    private void logWaiting(String problem) {
        LOG.info("Waiting to send to topic " + settings.get(Settings.KAFKA_TOPIC) + ": " + problem);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
        if (!deliveries.awaitSettled(drainTimeout)) {
            LOG.warn("Kafka did not acknowledge " + deliveries.totals().pending() + " events within "
                    + drainTimeout.toSeconds() + " s: giving them up");
            channel.abort();
            deliveries.awaitSettled(ABORT_TIMEOUT);
        }
        Totals totals = deliveries.close();
        if (totals.failed() > 0) {
            LOG.warn(totals.failed() + " events could not be delivered, last failure: "
                    + deliveries.lastFailure().orElse("no acknowledgement"));
        }
        rateReport.stop();
        totalsFile.ifPresent(file -> write(totals, file));
        // The last line of the log.
        LOG.info("Producer stopped. " + totals);
    }

    private static void write(Totals totals, Path file) {
        try {
            Files.writeString(file, totals.json());
        } catch (IOException e) {
            LOG.error("The totals cannot be written to " + file + ": " + e.getMessage());
        }
    }
}
