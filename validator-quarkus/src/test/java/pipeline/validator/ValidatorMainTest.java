package pipeline.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;

class ValidatorMainTest {
    @AfterEach
    void clearProperty() {
        System.clearProperty("VALIDATOR_PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VALIDATOR_PORT", "QUARKUS_HTTP_PORT"})
    void namesTheSettingOfAPortInUse(String variable) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ValidatorMain.check(port(variable, other.getLocalPort())))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith(variable + "=" + other.getLocalPort() + " is not allowed: a free port")
                    .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
        }
    }

    @Test
    void acceptsAFreePort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatCode(() -> ValidatorMain.check(port("VALIDATOR_PORT", port))).doesNotThrowAnyException();
    }

    private static Settings port(String variable, int port) {
        return new Settings(Map.of(variable, Integer.toString(port)));
    }
}
