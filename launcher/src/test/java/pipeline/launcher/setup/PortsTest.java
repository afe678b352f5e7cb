package pipeline.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.Setting;
import pipeline.events.settings.Settings;

class PortsTest {
    @Test
    void acceptsPortsThatNobodyUses() throws IOException {
        Map<Setting<Integer>, Integer> needed = needed(Ports.free(), Ports.free());

        assertThatCode(() -> Ports.requireFree(needed)).doesNotThrowAnyException();
    }

    @Test
    void namesPortUserAndSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<Setting<Integer>, Integer> needed = needed(Ports.free(), taken.getLocalPort());

            assertThatThrownBy(() -> Ports.requireFree(needed))
                    .isInstanceOf(StartException.class)
                    .hasMessage("port " + taken.getLocalPort() + " is in use, and the validator needs it: "
                            + "end what uses it, or set VALIDATOR_PORT to another port");
        }
    }

    @Test
    void seesAUserOfAllAddresses() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Map<Setting<Integer>, Integer> needed = needed(taken.getLocalPort(), Ports.free());

            assertThatThrownBy(() -> Ports.requireFree(needed)).hasMessageContaining("set KAFKA_PORT");
        }
    }

    @Test
    void returnsTheFirstFreePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.firstFree(taken.getLocalPort())).isGreaterThan(taken.getLocalPort());
        }
    }

    private static Map<Setting<Integer>, Integer> needed(int kafka, int validator) throws IOException {
        return Map.of(
                Settings.KAFKA_PORT, kafka, Settings.VALIDATOR_PORT, validator, Settings.PRODUCER_PORT, Ports.free());
    }
}
