package pipeline.streaming.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.FakeLog;
import pipeline.streaming.KafkaRecords;
import pipeline.streaming.LocalSpark;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.publish.BatchPublisher;
import pipeline.streaming.publish.PublisherMetrics;
import pipeline.streaming.publish.ResumePoint;
import pipeline.streaming.tree.ParquetTree;
import pipeline.streaming.tree.RunLayout;

/**
 * Publishes small batches into a run, without Kafka, for {@code benchmarks/run ledger}. Takes an output folder and the number
 * of batches to measure after a warm-up of {@value #WARM_UP}. Prints the median of their times and the mean of their CPU
 * times, in milliseconds.
 */
public final class ManyBatches {
    private static final int WARM_UP = 60;
    private static final int EVENTS = 100;

    private ManyBatches() {}

    public static void main(String[] args) throws IOException {
        RunLayout folders = new RunLayout(new OutputTree(Path.of(args[0])), "1");
        BatchPublisher publisher = publisher(ParquetTree.open(folders, SchemaFile.builtIn(), step -> {}));
        for (int batch = 0; batch < WARM_UP; batch++) {
            publish(publisher);
        }
        double[] millis = new double[Integer.parseInt(args[1])];
        double cpu = cpuMillis();
        for (int batch = 0; batch < millis.length; batch++) {
            long began = System.nanoTime();
            publish(publisher);
            millis[batch] = (System.nanoTime() - began) / 1e6;
        }
        cpu = (cpuMillis() - cpu) / millis.length;
        Arrays.sort(millis);
        System.out.printf("Measured. millis=%.2f, cpuMillis=%.2f%n", millis[millis.length / 2], cpu);
    }

    private static BatchPublisher publisher(ParquetTree tree) throws IOException {
        TopicIdentity topic = new TopicIdentity("cluster", "events", "topic-id");
        SourceTopic.Snapshot snapshot =
                FakeLog.snapshot(topic, Map.of(0, 0L, 1, 0L, 2, 0L), Map.of(0, Long.MAX_VALUE, 1, 0L, 2, 0L));
        ResumePoint start = ResumePoint.of(tree.recover(), snapshot, OnDataLoss.STOP);
        return new BatchPublisher(
                tree,
                new FakeLog(snapshot),
                LocalSpark.decoded(),
                step -> {},
                new PublisherMetrics(),
                start,
                snapshot.leadership());
    }

    private static void publish(BatchPublisher publisher) throws IOException {
        Map<Integer, Long> until = new HashMap<>(publisher.next().readFrom());
        long from = until.get(0);
        until.put(0, from + EVENTS);
        List<Row> records = KafkaRecords.events(0, from, from + EVENTS);
        publisher.publish(LocalSpark.batch(records), until);
    }

    private static double cpuMillis() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                / 1e6;
    }
}
