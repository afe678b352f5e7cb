package pipeline.streaming;

import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job: {@code java -jar streaming-spark.jar}, set up by the environment (see {@link Settings}). Ends with 2 when a
 * setting is wrong, with 1 when publishing can't go on, and after SIGTERM once the batch in hand is committed.
 */
public final class StreamingJob {
    private static final Logger LOG = LoggerFactory.getLogger(StreamingJob.class);

    /** Spark stops its context at 50, and nothing can be published behind that. */
    private static final int BEFORE_SPARK = 60;

    private StreamingJob() {}

    public static void main(String[] args) {
        System.exit(args.length == 1 && args[0].equals(Rehearsal.OPTION) ? rehearse() : exitCode());
    }

    private static int rehearse() {
        try {
            Rehearsal.run();
            return 0;
        } catch (IOException | TimeoutException | StreamingQueryException | RuntimeException e) {
            LOG.error("The rehearsal failed", e);
            return 1;
        }
    }

    private static int exitCode() {
        try {
            run(StreamingConfig.of(Settings.fromEnvironment()));
            return 0;
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (CannotContinueException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (InterruptedException | IOException | TimeoutException | StreamingQueryException | RuntimeException e) {
            // What fails while Spark goes down at SIGTERM is no failure.
            if (!ShutdownHookManager.get().isShutdownInProgress()) {
                explain(e);
            }
            return 1;
        }
    }

    private static void explain(Exception e) {
        if (Failures.isDiskFull(e)) {
            System.err.println(
                    "No space left on a disk: that of " + Settings.OUTPUT_DIR + ", or of Spark's temporary files in "
                            + System.getProperty("java.io.tmpdir")
                            + ". Nothing is lost: make room there, then start the job again.");
        } else {
            LOG.error("Publishing cannot go on: {}", Failures.describe(e), e);
        }
    }

    private static void run(StreamingConfig config)
            throws IOException, InterruptedException, TimeoutException, StreamingQueryException {
        RunFolders folders = config.folders();
        folders.prepare();
        LOG.info(
                "Streaming starting. Kafka={}, topic={}, output={}, run={}, a batch every {} ms",
                config.bootstrapServers(),
                config.topic(),
                config.outputDir(),
                config.runId(),
                config.triggerInterval().toMillis());
        try (RunLock lock = RunLock.take(folders);
                KafkaTopic topic = new KafkaTopic(config.bootstrapServers(), config.topic())) {
            topic.await();
            SparkSession spark = Spark.session(config.sparkMaster());
            KafkaSource source = new KafkaSource(config.bootstrapServers(), config.topic(), config.triggerInterval());
            PublisherQuery publisher = new PublisherQuery(spark, source, topic, folders, lock, config.onDataLoss());
            AveragesQuery averages =
                    new AveragesQuery(spark, source, topic, folders.averagesCheckpoint(), publisher::readFrom);
            stopBeforeSpark(publisher, averages);
            publisher.start();
            averages.start();
            LOG.info("Streaming started");
            try {
                publisher.awaitStop();
            } finally {
                // Why it ends is the last thing to be read then.
                averages.stop();
            }
        }
    }

    private static void stopBeforeSpark(PublisherQuery publisher, AveragesQuery averages) {
        ShutdownHookManager.get()
                .addShutdownHook(
                        () -> {
                            try {
                                publisher.stop();
                                averages.stop();
                            } catch (TimeoutException e) {
                                LOG.warn("A query did not stop in time", e);
                            }
                        },
                        BEFORE_SPARK,
                        10,
                        TimeUnit.MINUTES);
    }
}
