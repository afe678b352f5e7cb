package pipeline.streaming;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;
import pipeline.streaming.iceberg.IcebergTable;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.PublicationStep;
import pipeline.streaming.publish.Sink;
import pipeline.streaming.tree.ParquetTree;
import pipeline.streaming.tree.RunLayout;

/** Opens the sink that the settings choose. */
final class Destination {
    private Destination() {}

    /**
     * @param steps is told of each step of each batch
     * @throws CannotContinueException when another job writes the run, or when the run has the other kind of sink
     * @throws InvalidSettingException when the place cannot be written to
     */
    static Sink open(StreamingConfig config, PublicationStep.Listener steps) throws IOException {
        OutputTree tree = new OutputTree(config.outputDir());
        Path ofTable = tree.tableCheckpoints(config.runId());
        if (config.icebergConfig().isEmpty()) {
            requireAbsent(ofTable, config, "a table: set " + Settings.ICEBERG_CONFIG_FILE);
            return ParquetTree.open(new RunLayout(tree, config.runId()), config.schema(), steps);
        }
        requireAbsent(tree.ledger(config.runId()), config, "a tree of files: unset " + Settings.ICEBERG_CONFIG_FILE);
        Files.createDirectories(ofTable);
        return table(config, ofTable, steps);
    }

    private static void requireAbsent(Path folder, StreamingConfig config, String kind) {
        if (Files.exists(folder)) {
            throw new CannotContinueException("Run " + config.runId() + " is " + kind + ", or set " + Settings.RUN_ID
                    + " to another name. (" + folder + " shows it.)");
        }
    }

    private static Sink table(StreamingConfig config, Path checkpoints, PublicationStep.Listener steps)
            throws IOException {
        Path file = config.icebergConfig().orElseThrow();
        try {
            return IcebergTable.open(
                    file, config.icebergNamespace(), config.runId(), config.schema(), checkpoints, steps);
        } catch (NoClassDefFoundError e) {
            throw new InvalidSettingException(
                    Settings.ICEBERG_CONFIG_FILE.name(),
                    file.toString(),
                    "the class path of the job lacks the jars in target/iceberg/");
        }
    }
}
