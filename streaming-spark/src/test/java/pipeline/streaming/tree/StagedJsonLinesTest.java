package pipeline.streaming.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedJsonLinesTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("part.json");
    }

    private static String line(int offset, String payload) {
        return "{\"partition\":1,\"offset\":" + offset + ",\"payload\":\"" + payload + "\"}\n";
    }

    private static List<String> offsets(StagedJsonLines lines) throws IOException {
        List<String> offsets = new ArrayList<>();
        lines.forEachOffset((partition, offset) -> offsets.add(partition + "/" + offset));
        return offsets;
    }

    @Test
    void keepsAFileThatIsSmallEnough() throws IOException {
        Files.writeString(file, line(7, "ä") + line(8, ""));
        StagedJsonLines lines = new StagedJsonLines(file);

        assertThat(lines.split(Files.size(file))).containsExactly(lines);
        assertThat(lines.lines()).isEqualTo(2);
        assertThat(offsets(lines)).containsExactly("1/7", "1/8");
    }

    @Test
    void cutsALargeFileAtLines() throws IOException {
        String all = line(1, "a".repeat(100)) + line(2, "ä".repeat(300)) + line(3, "") + line(4, "") + line(5, "b");
        Files.writeString(file, all);

        List<StagedJsonLines> parts = new StagedJsonLines(file).split(200);

        assertThat(file).doesNotExist();
        assertThat(parts).hasSize(2);
        assertThat(offsets(parts.get(0))).containsExactly("1/1", "1/2");
        assertThat(offsets(parts.get(1))).containsExactly("1/3", "1/4", "1/5");
        assertThat(Files.readString(parts.get(0).file())
                        + Files.readString(parts.get(1).file()))
                .isEqualTo(all);
        assertThat(parts.get(1).lines()).isEqualTo(3);
    }

    @Test
    void leavesNoEmptyPart() throws IOException {
        Files.writeString(file, line(1, "a") + line(2, "b"));

        assertThat(new StagedJsonLines(file).split(1)).hasSize(2);
    }
}
