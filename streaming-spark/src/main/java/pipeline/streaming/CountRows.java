package pipeline.streaming;

import pipeline.events.output.OutputTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/**
 * Counts what {@code ./pipeline --crash-demo} shows: all rows of all {@code *.parquet} below a folder, read by a reader that
 * knows neither the ledger nor Spark's own log. Takes the folder as its argument; its one line is that of {@link Count}.
 */
public final class CountRows {
    private CountRows() {}

    public static void main(String[] args) throws IOException {
        System.out.println(count(Path.of(args[0])).line());
    }

    /**
     * What is in a tree.
     *
     * @param rows of the files that can be read, each as often as it is there
     * @param distinct how many (partition, offset) these rows have
     * @param torn files that can't be read whole; their rows don't count
     */
    record Count(long files, long rows, long distinct, long torn) {
        String line() {
            return "Counted. files=%d, rows=%d, distinct=%d, torn=%d".formatted(files, rows, distinct, torn);
        }
    }

    /** @param root a folder; one that isn't there has nothing in it */
    static Count count(Path root) throws IOException {
        Map<Integer, BitSet> seen = new HashMap<>();
        long rows = 0;
        long torn = 0;
        List<Path> files = files(root);
        for (Path file : files) {
            try {
                List<Position> positions = read(file);
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

    /** Reads all columns, since any of them may be broken. */
    private static List<Position> read(Path file) throws IOException {
        InputFile input = HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
        List<Position> positions = new ArrayList<>();
        try (ParquetReader<Group> reader = new Rows(input).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                positions.add(new Position(
                        row.getInteger(OutputTree.KAFKA_PARTITION, 0), row.getLong(OutputTree.KAFKA_OFFSET, 0)));
            }
        }
        return positions;
    }

    /** Where an event is in Kafka. */
    private record Position(int partition, long offset) {
        void addTo(Map<Integer, BitSet> seen) {
            seen.computeIfAbsent(partition, absent -> new BitSet()).set(Math.toIntExact(offset));
        }
    }

    private static final class Rows extends ParquetReader.Builder<Group> {
        Rows(InputFile file) {
            super(file);
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
