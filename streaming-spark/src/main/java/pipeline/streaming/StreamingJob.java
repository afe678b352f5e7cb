package pipeline.streaming;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;
import pipeline.streaming.averages.AveragesQuery;
import pipeline.streaming.kafka.GroupOffsets;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.BatchGate;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.ClockWatch;
import pipeline.streaming.lifecycle.Failures;
import pipeline.streaming.publish.PublicationStep;
import pipeline.streaming.publish.PublisherQuery;
import pipeline.streaming.publish.Sink;
import pipeline.streaming.records.KafkaLog;
import pipeline.streaming.source.KafkaSource;

/**
 * The job: {@code java -jar streaming-spark.jar}, configured by the environment (see {@link Settings}). Exits with 2 when a
 * setting is wrong, with 1 when publishing cannot continue, and after SIGTERM once the current batch is committed.
 */
public final class StreamingJob {
    private static final Logger LOG = LoggerFactory.getLogger(StreamingJob.class);

    /** Hooks of higher priority run first. Spark's has 40: it stops the context, and nothing can be published after that. */
    private static final int BEFORE_SPARK = 60;

    private StreamingJob() {}

    public static void main(String[] args) {
        System.exit(run(step -> {}));
    }

    /**
     * Runs the job until it is stopped or fails.
     *
     * @param steps is told of each step of each batch
     * @return the exit code
     */
    public static int run(PublicationStep.Listener steps) {
        try {
            run(StreamingConfig.of(Settings.fromEnvironment()), steps);
            return 0;
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (CannotContinueException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (InterruptedException | IOException | TimeoutException | StreamingQueryException | RuntimeException e) {
            // A failure while Spark shuts down after SIGTERM is not an error.
            if (!ShutdownHookManager.get().isShutdownInProgress()) {
                explain(e);
            }
            return 1;
        }
    }

    private static void run(StreamingConfig config, PublicationStep.Listener steps)
            throws IOException, InterruptedException, TimeoutException, StreamingQueryException {
        try (Sink sink = config.sink(steps);
                SourceTopic topic = new SourceTopic(config.kafka())) {
            LOG.info(
                    "Streaming starting. Kafka={}, topic={}, output={}, run={}, a batch every {} ms",
                    config.kafka().bootstrapServers(),
                    config.kafka().topic(),
                    config.outputDir(),
                    config.runId(),
                    config.triggerInterval().toMillis());
            topic.await();
            SparkSession spark = SparkSessions.session(config.sparkMaster());
            KafkaSource source = new KafkaSource(config.kafka(), config.schema(), config.triggerInterval());
            PublisherQuery publisher = new PublisherQuery(
                    spark,
                    source,
                    topic,
                    new KafkaLog(config.kafka(), topic),
                    sink,
                    config.onDataLoss(),
                    new GroupOffsets(topic, config.runId()),
                    steps);
            AtomicReference<Exception> lostFiles = new AtomicReference<>();
            AveragesQuery averages = new AveragesQuery(
                    spark, source, topic, sink.checkpoint(AveragesQuery.NAME), publisher::readFrom, failure -> {
                        lostFiles.set(failure);
                        stop(publisher::stop);
                    });
            stopBeforeSpark(publisher, averages);
            publisher.start();
            averages.start();
            new ClockWatch(source.tick(), () -> restart(publisher, averages)).start();
            LOG.info("Streaming started");
            try {
                publisher.awaitStop();
            } finally {
                // Before the reason is printed, so that the reason is the last line.
                averages.stop();
            }
            if (lostFiles.get() != null) {
                throw new IllegalStateException(lostFiles.get());
            }
        }
    }

    private static void explain(Exception e) {
        Optional<String> advice = advice(e);
        if (advice.isPresent()) {
            System.err.println(advice.get() + ", then start the job again.");
        } else {
            LOG.error("Publishing cannot continue: {}", Failures.describe(e), e);
        }
    }

    /** Returns what has happened and what to do, if it is known. */
    private static Optional<String> advice(Exception e) {
        if (Failures.isDiskFull(e)) {
            return Optional.of("No space left on a disk: that of " + Settings.OUTPUT_DIR
                    + ", or of Spark's temporary files in " + System.getProperty("java.io.tmpdir")
                    + ". Nothing is lost: free some space");
        }
        return Failures.lostWorkingFiles(e)
                .map(folder ->
                        "Spark's working files in " + folder + " were deleted while the job was running. Nothing is"
                                + " lost: set SPARK_LOCAL_DIRS to a folder that nothing cleans up")
                .or(() -> Failures.unusableLibrary(e)
                        .map(library -> "The library " + library.file() + " cannot be loaded: " + library.reason()
                                + ". Its file system may be mounted with noexec. Nothing is lost: set Java's property"
                                + " java.io.tmpdir, or --data of ./pipeline, to a folder from which programs can run"));
    }

    private static void restart(PublisherQuery publisher, AveragesQuery averages) {
        stop(() -> {
            publisher.restart();
            averages.restart();
        });
    }

    private static void stopBeforeSpark(PublisherQuery publisher, AveragesQuery averages) {
        Runnable stop = () -> stop(() -> {
            publisher.stop();
            averages.stop();
        });
        ShutdownHookManager.get().addShutdownHook(stop, BEFORE_SPARK, 10, TimeUnit.MINUTES);
    }

    private static void stop(BatchGate.Action queries) {
        try {
            queries.run();
        } catch (TimeoutException e) {
            LOG.warn("A query did not stop in time", e);
        }
    }
}
