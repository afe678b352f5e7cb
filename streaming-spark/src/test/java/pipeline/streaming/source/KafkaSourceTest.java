package pipeline.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings;

class KafkaSourceTest {
    private static final KafkaEndpoint KAFKA = KafkaEndpoint.of(new Settings(Map.of()));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 700, 1_000, 1_999, 2_500, 10_000, 86_400_000})
    void checksEverySecondAndStartsABatchAtTheEndOfTheInterval(long millis) {
        Duration interval = Duration.ofMillis(millis);
        KafkaSource source = new KafkaSource(KAFKA, SchemaFile.builtIn(), interval);

        Duration tick = source.tick();
        Duration lastButOne = interval.minus(tick);

        assertThat(tick).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(source.delay()).isGreaterThan(lastButOne).isLessThan(interval);
    }
}
