package pipeline.launcher.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerTotalsTest {
    @TempDir
    private Path temp;

    @Test
    void areInTheFileOfAProducerThatHasEnded() throws IOException {
        Path file = temp.resolve("producer-totals.json");
        assertThat(ProducerTotals.read(file)).isEmpty();

        Files.writeString(file, "{\"sent\":5000,\"acked\":4990,\"failed\":10,\"skipped\":3}");

        assertThat(ProducerTotals.read(file)).contains(new ProducerTotals(5000, 4990, 10, 3));
    }
}
