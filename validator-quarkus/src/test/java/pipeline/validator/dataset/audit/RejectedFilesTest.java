package pipeline.validator.dataset.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.output.RejectedEvent;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.UnreadableFileException;

class RejectedFilesTest {
    @TempDir
    Path folder;

    private List<RejectedEvent> read(int limit) throws UnreadableFileException {
        List<RejectedEvent> events = new ArrayList<>();
        new RejectedFiles(new LocalStorage(folder)).forEach("part.jsonl", event -> {
            events.add(event);
            return events.size() < limit;
        });
        return events;
    }

    private void write(String... lines) throws IOException {
        Files.writeString(folder.resolve("part.jsonl"), String.join("\n", lines) + "\n");
    }

    @Test
    void readsEventsWithoutTheirPayload() throws Exception {
        write(
                "{\"partition\":0,\"offset\":7,\"timestamp\":\"2026-11-22T12:35:00.000Z\",\"reason\":\"not JSON\",\"payload\":\""
                        + "x".repeat(100_000) + "\"}",
                "",
                "{\"partition\":2,\"offset\":3000000000,\"reason\":\"no id\",\"other\":{\"a\":[1]}}");

        assertThat(read(9))
                .containsExactly(new RejectedEvent(0, 7, "not JSON"), new RejectedEvent(2, 3_000_000_000L, "no id"));
    }

    @Test
    void readsNoFurtherThanAskedFor() throws Exception {
        write("{\"partition\":0,\"offset\":7,\"reason\":\"not JSON\"}", "this is no JSON");

        assertThat(read(1)).hasSize(1);
    }

    @Test
    void saysWhatCannotBeRead() throws IOException {
        for (String line : List.of(
                "{\"partition\":0}", "{\"partition\":0,\"offset\":", "[]", "{\"partition\":\"0\",\"offset\":1}")) {
            write(line);

            assertThatThrownBy(() -> read(1))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageStartingWith(folder.resolve("part.jsonl") + ": ");
        }
    }
}
