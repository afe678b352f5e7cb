package pipeline.streaming;

import java.nio.file.Path;
import java.time.Duration;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Settings;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.tree.RunLayout;

/**
 * The job's settings.
 *
 * @param outputDir an absolute folder on this machine
 */
public record StreamingConfig(
        KafkaEndpoint kafka,
        String runId,
        Path outputDir,
        Duration triggerInterval,
        OnDataLoss onDataLoss,
        String sparkMaster) {

    /** @throws pipeline.events.settings.InvalidSettingException when a setting has a value that is not allowed */
    public static StreamingConfig of(Settings settings) {
        return new StreamingConfig(
                KafkaEndpoint.of(settings),
                settings.runId(),
                settings.outputDir(),
                settings.triggerInterval(),
                settings.onDataLoss(),
                settings.sparkMaster());
    }

    public RunLayout layout() {
        return new RunLayout(new OutputTree(outputDir), runId);
    }
}
