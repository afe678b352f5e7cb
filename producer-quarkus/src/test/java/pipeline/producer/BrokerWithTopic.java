package pipeline.producer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Connects the application under test to a real broker with a topic, and sets a rate. */
public final class BrokerWithTopic implements QuarkusTestResourceLifecycleManager {
    static final String TOPIC = "endpoints";

    @Override
    public Map<String, String> start() {
        try {
            BrokerProcess broker = BrokerProcess.shared();
            broker.createTopic(TOPIC);
            return Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.servers(), "KAFKA_TOPIC", TOPIC, "MSGS_PER_SEC", "100");
        } catch (Exception e) {
            throw new IllegalStateException("no broker", e);
        }
    }

    /** The broker stops with the JVM. */
    @Override
    public void stop() {}
}
