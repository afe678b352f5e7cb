package pipeline.producer;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.Optional;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.producer.kafka.TopicProbe;

/** Replaces the topic in tests without Kafka. */
@Mock
@Singleton
public class SwitchedTopic extends TopicProbe {
    private volatile String problem;

    public SwitchedTopic(KafkaEndpoint kafka) {
        super(kafka);
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
