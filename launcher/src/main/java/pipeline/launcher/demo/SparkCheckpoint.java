package pipeline.launcher.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
        OptionalLong batch = lastCommit();
        if (batch.isEmpty()) {
            return Map.of();
        }
        List<String> lines = Files.readAllLines(folder.resolve("offsets/" + batch.getAsLong()));
        return JSON.convertValue(JSON.readTree(lines.get(lines.size() - 1)).required(topic), new TypeReference<>() {});
    }

    private OptionalLong lastCommit() {
        String[] commits = folder.resolve("commits").toFile().list();
        return Stream.ofNullable(commits)
                .flatMap(Stream::of)
                .filter(BATCH.asMatchPredicate())
                .mapToLong(Long::parseLong)
                .max();
    }
}
