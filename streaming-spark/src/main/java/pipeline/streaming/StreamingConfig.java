package pipeline.streaming;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Component;
import pipeline.events.settings.Settings;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.publish.PublicationStep;
import pipeline.streaming.publish.Sink;

/**
 * The job's settings.
 *
 * @param outputDir an absolute folder on this machine
 * @param schema the shape of the events
 * @param icebergConfig the file that configures Iceberg's catalog; empty if the run is a tree of files
 */
public record StreamingConfig(
        KafkaEndpoint kafka,
        String runId,
        Path outputDir,
        Duration triggerInterval,
        OnDataLoss onDataLoss,
        EventSchema schema,
        Optional<Path> icebergConfig,
        String icebergNamespace,
        String sparkMaster) {

    /** @throws pipeline.events.settings.InvalidSettingException with a line for each setting whose value is not allowed */
    public static StreamingConfig of(Settings settings) {
        settings.check(Component.JOB);
        return new StreamingConfig(
                KafkaEndpoint.of(settings),
                settings.get(Settings.RUN_ID),
                settings.get(Settings.OUTPUT_DIR),
                settings.get(Settings.TRIGGER_INTERVAL),
                settings.get(Settings.ON_DATA_LOSS),
                settings.get(Settings.EVENT_SCHEMA_FILE).orElseGet(SchemaFile::builtIn),
                settings.get(Settings.ICEBERG_CONFIG_FILE),
                settings.get(Settings.ICEBERG_NAMESPACE),
                settings.get(Settings.SPARK_MASTER));
    }

    /**
     * Opens the sink of the run.
     *
     * @param steps is told of each step of each batch
     * @throws pipeline.streaming.lifecycle.CannotContinueException when another job writes the run
     */
    public Sink sink(PublicationStep.Listener steps) throws IOException {
        return Destination.open(this, steps);
    }
}
