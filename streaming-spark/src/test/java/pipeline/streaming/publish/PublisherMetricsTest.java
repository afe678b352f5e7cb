package pipeline.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PublisherMetricsTest {
    @Test
    void operationsDescribesEachMetric() throws IOException {
        String operations = Files.readString(Path.of("../docs/operations.md"));

        assertThat(new PublisherMetrics().metricRegistry().getNames())
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(operations).containsPattern("(publisher|…)_" + name + "_(Count|Number)`"));
    }
}
