package pipeline.producer.observe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import pipeline.producer.config.ProducerConfig;
import pipeline.producer.kafka.KafkaTopic;

/**
 * Ready when Kafka answers and the topic can take events. Quarkus' own check of Kafka fails the start when a host name
 * can't be resolved yet, and knows nothing of the topic.
 */
@Readiness
@ApplicationScoped
public class KafkaReadiness implements HealthCheck {
    private final KafkaTopic topic;
    private final ProducerConfig config;

    public KafkaReadiness(KafkaTopic topic, ProducerConfig config) {
        this.topic = topic;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = topic.problem();
        return HealthCheckResponse.named("Kafka topic")
                .withData("kafka", config.kafka())
                .withData("topic", config.topic())
                .withData("problem", problem.orElse("none"))
                .status(problem.isEmpty())
                .build();
    }
}
