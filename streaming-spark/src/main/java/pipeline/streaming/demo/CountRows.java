package pipeline.streaming.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import pipeline.events.output.OutputTree;

/**
 * Counts the rows of all {@code *.parquet} files below a folder, as a reader would that knows neither the ledger nor Spark's
 * own log. Takes the folder as its argument and prints one line of JSON: {@link Count#line}.
 */
public final class CountRows {
    private CountRows() {}

    public static void main(String[] args) throws IOException {
        System.out.println(count(Path.of(args[0])).line());
    }

    /**
     * The content of a tree.
     *
     * @param rows all rows of the files that can be read, duplicates included
     * @param distinct how many different (partition, offset) pairs these rows have
     * @param torn files that cannot be read completely; their rows do not count
     */
    record Count(long files, long rows, long distinct, long torn) {
        String line() {
            return "{\"files\":" + files + ",\"rows\":" + rows + ",\"distinct\":" + distinct + ",\"torn\":" + torn
                    + "}";
        }
    }

    /** @param root a folder; a missing one counts as empty */
    static Count count(Path root) throws IOException {
        Map<Integer, BitSet> seen = new HashMap<>();
        long rows = 0;
        long torn = 0;
        List<Path> files = files(root);
        for (Path file : files) {
            try {
                List<EventPosition> positions = read(file);
                rows += positions.size();
                positions.forEach(position -> position.addTo(seen));
            } catch (IOException | RuntimeException e) {
                System.err.println("torn: " + file + " (" + e + ")");
                torn++;
            }
        }
        long distinct = seen.values().stream().mapToLong(BitSet::cardinality).sum();
        return new Count(files.size(), rows, distinct, torn);
    }

    private static List<Path> files(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(OutputTree.PARQUET_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Reads all columns, since any of them may be damaged. */
    private static List<EventPosition> read(Path file) throws IOException {
        List<EventPosition> positions = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                positions.add(new EventPosition(
                        row.getInteger(OutputTree.KAFKA_PARTITION, 0), row.getLong(OutputTree.KAFKA_OFFSET, 0)));
            }
        }
        return positions;
    }

    private record EventPosition(int partition, long offset) {
        void addTo(Map<Integer, BitSet> seen) {
            seen.computeIfAbsent(partition, absent -> new BitSet()).set(Math.toIntExact(offset));
        }
    }
}
