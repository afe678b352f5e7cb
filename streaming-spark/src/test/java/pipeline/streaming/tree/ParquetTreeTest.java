package pipeline.streaming.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.OutputTree;
import pipeline.events.output.StopVerdict;
import pipeline.events.schema.file.SchemaFile;

class ParquetTreeTest {
    private static final StopVerdict VERDICT =
            new StopVerdict(Instant.parse("2026-11-22T12:00:00Z"), List.of(0, 2), "Kafka lost events");

    @TempDir
    Path output;

    @Test
    void keepsAVerdictUntilKafkaHasTheRecordsOfAllItsPartitions() throws IOException {
        RunLayout layout = new RunLayout(new OutputTree(output), "1");
        try (ParquetTree tree = ParquetTree.open(layout, SchemaFile.builtIn(), step -> {})) {
            tree.dropVerdict(Set.of());
            tree.keep(new StopVerdict(Instant.EPOCH, List.of(1), "an earlier one"));
            tree.keep(VERDICT);

            assertThat(LedgerJson.decodeVerdict(Files.readAllBytes(layout.stopped())))
                    .isEqualTo(VERDICT);
            tree.dropVerdict(Set.of(0, 1));
            assertThat(layout.stopped()).exists();
            tree.dropVerdict(Set.of(0, 1, 2));
            assertThat(layout.stopped()).doesNotExist();
        }
    }

    @Test
    void dropsADamagedVerdict() throws IOException {
        RunLayout layout = new RunLayout(new OutputTree(output), "1");
        try (ParquetTree tree = ParquetTree.open(layout, SchemaFile.builtIn(), step -> {})) {
            Files.writeString(layout.stopped(), "{");

            tree.dropVerdict(Set.of());

            assertThat(layout.stopped()).doesNotExist();
        }
    }
}
