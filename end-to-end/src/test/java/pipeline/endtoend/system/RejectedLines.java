package pipeline.endtoend.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import pipeline.events.output.OutputTree;

/** The rejected events of a run, read from its files. */
public final class RejectedLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RejectedLines() {}

    /** @param payload null for a tombstone */
    public record Line(int partition, long offset, String reason, byte[] payload) {}

    public static List<Line> read(Path folder) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(OutputTree.JSON_LINES_SUFFIX))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(line(JSON.readTree(line)));
                }
            }
        }
        return lines;
    }

    private static Line line(JsonNode json) {
        return new Line(
                json.get("partition").asInt(),
                json.get("offset").asLong(),
                json.get("reason").asText(),
                payload(json));
    }

    private static byte[] payload(JsonNode json) {
        if (json.has("payloadBase64")) {
            return Base64.getDecoder().decode(json.get("payloadBase64").asText());
        }
        return json.has("payload") ? json.get("payload").asText().getBytes(StandardCharsets.UTF_8) : null;
    }
}
