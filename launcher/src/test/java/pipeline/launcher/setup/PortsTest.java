package pipeline.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.Settings;

class PortsTest {
    @Test
    void acceptsPortsThatNobodyUses() throws IOException {
        Settings settings = settings(Ports.free(), Ports.free());

        assertThatCode(() -> Ports.requireFree(settings, false)).doesNotThrowAnyException();
    }

    @Test
    void namesPortUserAndSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = settings(Ports.free(), taken.getLocalPort());

            assertThatThrownBy(() -> Ports.requireFree(settings, false))
                    .isInstanceOf(StartException.class)
                    .hasMessage("port " + taken.getLocalPort() + " is in use, and the validator needs it: "
                            + "end what uses it, or set VALIDATOR_PORT to another port");
        }
    }

    @Test
    void seesAUserOfAllAddresses() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Settings settings = settings(taken.getLocalPort(), Ports.free());

            assertThatThrownBy(() -> Ports.requireFree(settings, false)).hasMessageContaining("set KAFKA_PORT");
        }
    }

    @Test
    void asksForAirflowsPortOnlyWhenAirflowIsWanted() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment =
                    new HashMap<>(settings(Ports.free(), Ports.free()).environment());
            environment.put("AIRFLOW_PORT", Integer.toString(taken.getLocalPort()));
            Settings settings = new Settings(environment);

            assertThatCode(() -> Ports.requireFree(settings, false)).doesNotThrowAnyException();
            assertThatThrownBy(() -> Ports.requireFree(settings, true)).hasMessageContaining("set AIRFLOW_PORT");
        }
    }

    @Test
    void returnsTheFirstFreePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.firstFree(taken.getLocalPort())).isGreaterThan(taken.getLocalPort());
        }
    }

    private static Settings settings(int kafka, int validator) throws IOException {
        return new Settings(Map.of(
                "KAFKA_PORT", Integer.toString(kafka),
                "VALIDATOR_PORT", Integer.toString(validator),
                "PRODUCER_PORT", Integer.toString(Ports.free())));
    }
}
