package pipeline.streaming.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.PreparedBatch;

/** A file survives a power loss only if its folder's list of files was on the disk, and that of each folder above. */
class PublicationSyncTest {
    private static final String ATTEMPT = "0000000000-attempt";

    @TempDir
    private Path temp;

    @Test
    void syncsEveryFolderThatABatchCreatesBeforeWhatRefersToIt() throws IOException {
        RunLayout layout = new RunLayout(new OutputTree(temp.resolve("new/output")), "1");
        List<Path> synced;
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            layout.prepare();
            publish(layout);
            recording.stop();
            synced = synced(recording);
        }

        // The run's own folders, from the outermost one that is new.
        Path output = temp.resolve("new/output");
        assertThat(synced)
                .contains(temp, temp.resolve("new"), output, output.resolve("parquet"), output.resolve("staging"));
        Path events = layout.staging().resolve(ATTEMPT).resolve("events");
        Path prepared = layout.staging();
        assertThat(synced.subList(0, synced.lastIndexOf(prepared)))
                .contains(events.resolve("id=0"), events, layout.staging().resolve(ATTEMPT));
        assertThat(synced.subList(0, synced.lastIndexOf(layout.ledger())))
                .contains(layout.parquet(), layout.parquet().resolve("id=0"));
    }

    private static void publish(RunLayout layout) throws IOException {
        Path staged = Files.createDirectories(layout.staging().resolve(ATTEMPT).resolve("events/id=0"))
                .resolve("part-of-spark.parquet");
        Files.writeString(staged, "rows");
        LedgerRecord record = new LedgerRecord(
                0,
                null,
                new TopicIdentity("cluster", "events", "topic-id"),
                ReadOffsets.of(Map.of(0, new OffsetRange(0, 1))),
                List.of(new LedgerFile("id=0/part-0000000000-0.parquet", 1, Files.size(staged))),
                List.of());
        String source = layout.staging().relativize(staged).toString();
        new Publication(layout, Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC), step -> {})
                .publish(new PreparedBatch(record, List.of(source)));
    }

    private List<Path> synced(Recording recording) throws IOException {
        Path file = temp.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .map((RecordedEvent event) -> Path.of(event.getString("path")))
                .toList();
    }
}
