package pipeline.producer.observe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.producer.kafka.TopicProbe;

/**
 * Ready when the topic can take events. Quarkus' own Kafka check does not look at the topic, and prevents the start when a
 * host name cannot be resolved yet.
 */
@Readiness
@ApplicationScoped
public class KafkaReadiness implements HealthCheck {
    private final TopicProbe topic;
    private final KafkaEndpoint kafka;

    public KafkaReadiness(TopicProbe topic, KafkaEndpoint kafka) {
        this.topic = topic;
        this.kafka = kafka;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = topic.problem();
        return HealthCheckResponse.named("Kafka topic")
                .withData("kafka", kafka.bootstrapServers())
                .withData("topic", kafka.topic())
                .withData("problem", problem.orElse("none"))
                .status(problem.isEmpty())
                .build();
    }
}
