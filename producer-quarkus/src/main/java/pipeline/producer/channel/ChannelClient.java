package pipeline.producer.channel;

import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;
import pipeline.events.kafka.KafkaEndpoint;

/**
 * Completes the settings of the channel's Kafka client: those of {@code KAFKA_CONFIG_FILE}, and the client's own retries. The
 * channel's {@code retries} is 0, because SmallRye would resend an event that the client has given up, although it may
 * already be in Kafka. SmallRye passes the 0 on to the client, but the client needs retries to be idempotent;
 * {@code delivery.timeout.ms} bounds them.
 */
@ApplicationScoped
public class ChannelClient implements ClientCustomizer<Map<String, Object>> {
    private final KafkaEndpoint kafka;

    ChannelClient(KafkaEndpoint kafka) {
        this.kafka = kafka;
    }

    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> client) {
        client.putAll(kafka.clientSettings());
        client.put(ProducerConfig.RETRIES_CONFIG, Integer.toString(Integer.MAX_VALUE));
        return client;
    }
}
