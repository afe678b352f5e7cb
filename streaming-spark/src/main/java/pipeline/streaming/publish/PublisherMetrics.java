package pipeline.streaming.publish;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/** What this job has published since its start, among Spark's own metrics. */
public final class PublisherMetrics implements Source {
    private final MetricRegistry registry = new MetricRegistry();
    private final Counter batches = registry.counter("batches");
    private final Counter rows = registry.counter("rows");
    private final Counter rejected = registry.counter("rejected");
    private volatile double batchSeconds = Double.NaN;
    private volatile double lag = Double.NaN;

    public PublisherMetrics() {
        registry.register("batchSeconds", (Gauge<Double>) () -> batchSeconds);
        registry.register("lagEvents", (Gauge<Double>) () -> lag);
    }

    /** Adds these metrics to those of the session that is running. */
    void register() {
        SparkEnv.get().metricsSystem().registerSource(this);
    }

    void published(StagedBatch batch, Duration took, long lagAfter) {
        batches.inc();
        rows.inc(batch.rows());
        rejected.inc(batch.rejected());
        batchSeconds = took.toMillis() / 1000.0;
        lag = lagAfter;
    }

    @Override
    public String sourceName() {
        return "publisher";
    }

    @Override
    public MetricRegistry metricRegistry() {
        return registry;
    }
}
