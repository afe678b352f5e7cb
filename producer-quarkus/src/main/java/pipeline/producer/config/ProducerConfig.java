package pipeline.producer.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import pipeline.events.settings.Settings;

/** How events are made and sent; {@code application.properties} takes it from the environment. */
@ConfigMapping(prefix = "producer")
public interface ProducerConfig {
    /** Brokers, as host:port with commas between. */
    String kafka();

    String topic();

    /** Events per second, or {@code max}. */
    String msgsPerSec();

    /** How many events to send before the producer ends; none is without end. */
    OptionalLong eventLimit();

    /** How long to wait for Kafka's acknowledgements when the producer is told to stop. */
    @WithDefault("15s")
    Duration drainTimeout();

    /** Returns the events per second; none is as fast as the channel goes. */
    default OptionalDouble rate() {
        return new Settings(Map.of(Settings.MSGS_PER_SEC, msgsPerSec())).msgsPerSec();
    }
}
