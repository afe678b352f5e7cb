package pipeline.producer.kafka;

import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

/**
 * Gives the Kafka client its own retries back. The channel's {@code retries} is 0, because SmallRye would send an event
 * anew after the client gave it up, and the client can't know that it may be in Kafka already. But SmallRye passes the 0
 * on to the client, which needs retries to be idempotent; they end with {@code delivery.timeout.ms}.
 */
@ApplicationScoped
public class ClientRetries implements ClientCustomizer<Map<String, Object>> {
    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> client) {
        client.put(ProducerConfig.RETRIES_CONFIG, Integer.toString(Integer.MAX_VALUE));
        return client;
    }
}
