package pipeline.producer;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import pipeline.producer.config.ProducerConfig;
import pipeline.producer.kafka.KafkaTopic;

/** Stands for the topic where a test runs without Kafka. */
@Mock
@Singleton
public class SwitchedTopic extends KafkaTopic {
    private volatile String problem;

    public SwitchedTopic(ProducerConfig config) {
        super(config, Map.of());
    }

    void breakDown(String newProblem) {
        problem = newProblem;
    }

    void repair() {
        problem = null;
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
