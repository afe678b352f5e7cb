package pipeline.endtoend.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import pipeline.endtoend.faults.ForeignReader;
import pipeline.endtoend.faults.Observer;
import pipeline.endtoend.faults.RunOutput;
import pipeline.endtoend.faults.SteadySender;
import pipeline.endtoend.faults.Workload;
import pipeline.endtoend.system.SystemUnderTest;

/**
 * Orders with fields that the schema does not know, and invalid ones. Between kills the schema grows: each time, one of the fields
 * becomes a column.
 */
final class OrderWorkload implements Workload {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int VALID_BETWEEN_INVALID = 4;

    private final Path file;
    private final int killsBetween;
    private final ObjectNode schema = Orders.schema();

    /**
     * @param file the schema file
     * @param killsBetween how many kills there are between two schemas
     */
    OrderWorkload(Path file, int killsBetween) throws IOException {
        this.file = file;
        this.killsBetween = killsBetween;
        Orders.write(schema, file);
    }

    @Override
    public SteadySender start(SystemUnderTest system) {
        List<byte[]> invalid = Orders.invalid();
        return new SteadySender(system.kafka(), PAUSE, n -> {
            long round = n / (VALID_BETWEEN_INVALID + 1);
            return n % (VALID_BETWEEN_INVALID + 1) == VALID_BETWEEN_INVALID
                    ? invalid.get((int) (round % invalid.size()))
                    : order(n + 1).getBytes(StandardCharsets.UTF_8);
        });
    }

    private static String order(long n) {
        return Orders.order(n, ", \"extra_1\": %d, \"extra_2\": null, \"extra_3\": %d".formatted(n, -n));
    }

    @Override
    public void prepare(int kills) throws IOException {
        if (kills > 0 && kills % killsBetween == 0) {
            Orders.add(schema, "extra_" + kills / killsBetween, "integer");
            Orders.write(schema, file);
        }
    }

    @Override
    public Observer reader(SystemUnderTest system) {
        return new ForeignReader(system.tree().parquet(), RowColumns.format(schema));
    }

    /** The validator knows only built-in events. */
    @Override
    public boolean isForValidator() {
        return false;
    }

    @Override
    public RunOutput<?> output(SystemUnderTest system) throws IOException {
        SchemaOutput output = new SchemaOutput(system, schema, Orders.reasons());
        assertThat(output.schemas()).hasSizeGreaterThan(1);
        assertThat(output.rescued()).isPositive();
        assertThat(output.rejected()).isNotEmpty();
        return output;
    }
}
