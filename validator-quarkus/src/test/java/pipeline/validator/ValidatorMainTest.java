package pipeline.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.InvalidSettingException;

class ValidatorMainTest {
    @Test
    void namesTheSettingOfAPortInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ValidatorMain.requireFreePort("VALIDATOR_PORT", "127.0.0.1", other.getLocalPort()))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("VALIDATOR_PORT=" + other.getLocalPort() + " is not allowed: a free port")
                    .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
        }
    }

    @Test
    void acceptsAFreePort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatCode(() -> ValidatorMain.requireFreePort("VALIDATOR_PORT", "127.0.0.1", port))
                .doesNotThrowAnyException();
    }
}
