package pipeline.producer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jboss.logging.Logger;
import pipeline.producer.config.ProducerConfig;
import pipeline.producer.generate.EventGenerator;
import pipeline.producer.generate.EventLoop;
import pipeline.producer.generate.Pace;
import pipeline.producer.kafka.KafkaTopic;
import pipeline.producer.kafka.TopicWait;
import pipeline.producer.observe.Deliveries;
import pipeline.producer.observe.Deliveries.Totals;

/**
 * The course of one run: wait for the topic, send events, and at the end (limit reached, or told to stop) wait for what
 * was sent and say what became of it.
 */
@ApplicationScoped
public class ProducerRun {
    /** The last line of the log, in exactly this form: {@code ./pipeline} takes the counts from it. */
    static final String STOPPED = "Producer stopped. sent=%d, acked=%d, failed=%d, skipped=%d";

    private static final Logger LOG = Logger.getLogger(ProducerRun.class);
    private static final Duration FOREVER = Duration.ofDays(365);
    /** How long the channel may take to report what it gave up. */
    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(2);

    /** Takes the events of the run. */
    interface Channel extends EventLoop.Output {
        /** Gives up what is pending, so that nothing reaches Kafka after the final count. */
        void abort();
    }

    private final ProducerConfig config;
    private final KafkaTopic topic;
    private final Deliveries deliveries;
    private final EventLoop loop;
    private volatile Channel channel;

    ProducerRun(ProducerConfig config, KafkaTopic topic, Deliveries deliveries) {
        this.config = config;
        this.topic = topic;
        this.deliveries = deliveries;
        this.loop = new EventLoop(
                new EventGenerator(new SplittableRandom(), Clock.systemUTC()),
                new Pace(config.rate(), System::nanoTime),
                config.eventLimit(),
                deliveries::skipped);
    }

    /** Sends events on a thread of its own, which is not the process's last one. */
    void start(Channel newChannel) {
        channel = newChannel;
        Thread thread = new Thread(this::run, "events");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            new TopicWait(topic::problem, this::sayWaiting).await(loop::isStopped);
            loop.run(channel);
            if (!loop.isStopped()) {
                deliveries.awaitSettled(FOREVER);
                Quarkus.asyncExit(deliveries.totals().failed() == 0 ? 0 : 1);
            }
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("No more events can be made", e);
            Quarkus.asyncExit(1);
        }
    }

    private void sayWaiting(String problem) {
        LOG.infof("Waiting for Kafka=%s, topic=%s: %s", config.kafka(), config.topic(), problem);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
        if (!deliveries.awaitSettled(config.drainTimeout())) {
            LOG.warnf(
                    "Kafka did not acknowledge %d events within %d s: giving them up",
                    deliveries.totals().pending(), config.drainTimeout().toSeconds());
            channel.abort();
            deliveries.awaitSettled(ABORT_TIMEOUT);
        }
        Totals totals = deliveries.close();
        if (totals.failed() > 0) {
            LOG.warnf(
                    "%d events could not be delivered, last failure: %s",
                    totals.failed(), deliveries.lastFailure().orElse("no acknowledgement"));
        }
        LOG.infof(STOPPED, totals.sent(), totals.acked(), totals.failed(), totals.skipped());
    }
}
