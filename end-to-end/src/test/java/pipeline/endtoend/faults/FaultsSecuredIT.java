package pipeline.endtoend.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.secure.ClientSettings;
import pipeline.endtoend.secure.Right;
import pipeline.endtoend.secure.Rights;
import pipeline.endtoend.secure.SecureBroker;
import pipeline.endtoend.system.SystemUnderTest;

/**
 * A shorter version of {@link FaultsIT}, with a broker that requires TLS and a login and allows only the documented rights:
 * the job dies after each step once, and once at a random moment.
 */
@Tag("slow")
class FaultsSecuredIT {
    private static final String TOPIC = "events";

    @Test
    @Timeout(600)
    void neitherLosesNorDuplicatesEventsWhenComponentsAreKilled(@TempDir Path folder) throws IOException {
        try (SecureBroker broker = SecureBroker.start(folder.resolve("broker"))) {
            broker.setPassword("pipeline", "secret");
            broker.allow("User:pipeline", Rights.all(TOPIC, SystemUnderTest.RUN).toArray(Right[]::new));
            Path file = ClientSettings.scram(broker.authority(), "pipeline", "secret")
                    .write(folder.resolve("client.properties"));
            Map<String, String> settings = new HashMap<>(FaultRun.rate(200));
            settings.put("KAFKA_BOOTSTRAP_SERVERS", broker.saslServers());
            settings.put("KAFKA_CONFIG_FILE", file.toString());
            SystemUnderTest system = SystemUnderTest.on(broker.process(), folder.resolve("system"), settings);

            new FaultRun(system, FaultSchedule.of(35, 1, 1), 5_000, 5, System.out::println).run();
        }
    }
}
