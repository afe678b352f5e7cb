package pipeline.streaming;

import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.metrics.sink.PrometheusServlet;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the Spark session that this job needs: each setting with its reason. */
public final class SparkSessions {
    private static final Logger LOG = LoggerFactory.getLogger(SparkSessions.class);

    private SparkSessions() {}

    public static SparkSession session(String master) {
        logIn();
        SparkSession.Builder builder = SparkSession.builder()
                .appName("streaming-spark")
                .master(master)
                // So that windows, dates and what is printed do not depend on where the job runs.
                .config("spark.sql.session.timeZone", "UTC")
                // 200, the default, costs seconds a batch. The checkpoint of the averages keeps the number.
                .config("spark.sql.shuffle.partitions", Runtime.getRuntime().availableProcessors())
                // Not supported in streaming: Spark would warn about it at each start.
                .config("spark.sql.adaptive.enabled", false)
                // The averages print nothing in a batch without events.
                .config("spark.sql.streaming.noDataMicroBatches.enabled", false)
                .config("spark.sql.parquet.compression.codec", "zstd")
                .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
                // Without it a ts before 1900 fails its batch, again and again.
                .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
                .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
                .config("spark.hadoop.fs.file.impl", LeanLocalFileSystem.class.getName())
                .config("spark.hadoop.fs.AbstractFileSystem.file.impl", LeanLocalFileSystem.Context.class.getName())
                // Options for Kafka only refer to secrets; this also covers what a user passes to Spark.
                .config("spark.redaction.regex", "(?i)secret|password|token|access[.]?key|jaas|ssl[.](key|trust)store")
                // The application's page serves metrics for Prometheus, under a name that does not change at each
                // start.
                .config("spark.metrics.namespace", "pipeline")
                .config("spark.metrics.conf.driver.sink.prometheusServlet.class", PrometheusServlet.class.getName())
                .config("spark.metrics.conf.driver.sink.prometheusServlet.path", "/metrics/prometheus")
                .config("spark.ui.showConsoleProgress", false)
                // With a link there, any page in a browser on this machine could end a job, and with it the pipeline.
                .config("spark.ui.killEnabled", false);
        if (master.startsWith("local")) {
            // A laptop's host name often has no address, or one that changes with the network.
            builder.config("spark.driver.host", "localhost").config("spark.driver.bindAddress", "127.0.0.1");
        }
        if (System.getenv("SPARK_LOCAL_IP") == null && System.getProperty("spark.ui.enabled") == null) {
            LOG.info("Spark's page is off, because it would listen on all addresses: set SPARK_LOCAL_IP to its address,"
                    + " such as 127.0.0.1, to have it");
            builder.config("spark.ui.enabled", false);
        }
        return builder.getOrCreate();
    }

    /** Hadoop itself cannot log in a user without an entry in passwd, whose name Java does not know either. */
    private static void logIn() {
        if (System.getProperty("user.name").equals("?")) {
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser("spark"));
        }
    }
}
