package pipeline.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoint of a Spark query that reads one topic: the last line of {@code offsets/<batch>} contains the end offsets of
 * that batch, and {@code commits/<batch>} exists once it is done.
 */
record SparkCheckpoint(Path folder, String topic) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BATCH = Pattern.compile("\\d+");

    /** Returns the offset at which each partition continues; empty before the first commit. */
    Map<Integer, Long> until() throws IOException {
        Map<Integer, Long> until = new TreeMap<>();
        OptionalLong batch = lastCommit();
        if (batch.isPresent()) {
            List<String> lines =
                    Files.readAllLines(folder.resolve("offsets").resolve(Long.toString(batch.getAsLong())));
            for (Map.Entry<String, JsonNode> end :
                    JSON.readTree(lines.get(lines.size() - 1)).required(topic).properties()) {
                until.put(Integer.valueOf(end.getKey()), end.getValue().longValue());
            }
        }
        return until;
    }

    private OptionalLong lastCommit() throws IOException {
        Path commits = folder.resolve("commits");
        if (!Files.isDirectory(commits)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.list(commits)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(BATCH.asMatchPredicate())
                    .mapToLong(Long::parseLong)
                    .max();
        }
    }
}
