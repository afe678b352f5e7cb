package pipeline.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SparkOffsetsTest {

    @Test
    void readsWhatItWrites() {
        Map<Integer, Long> offsets = new TreeMap<>(Map.of(0, 5L, 11, 5_000_000_000L));

        String json = SparkOffsets.json("events", offsets);

        assertThat(json).isEqualTo("{\"events\":{\"0\":5,\"11\":5000000000}}");
        assertThat(SparkOffsets.parse("events", json)).isEqualTo(offsets);
    }
}
