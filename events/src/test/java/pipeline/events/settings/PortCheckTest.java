package pipeline.events.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortCheckTest {
    @AfterEach
    void clearProperties() {
        System.clearProperty("quarkus.http.port");
        System.clearProperty("quarkus.http.host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRODUCER_PORT", "QUARKUS_HTTP_PORT"})
    void namesTheVariableOfAPortInUse(String variable) throws IOException {
        try (ServerSocket taken = server()) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> requireFree(Map.of(variable, "" + port)))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage(variable + "=" + port + " is not allowed: a free port is needed; port " + port
                            + " is in use, and the producer needs it: end what uses it, or set " + variable
                            + " to another port");
        }
    }

    @Test
    void prefersQuarkusOwnVariable() throws IOException {
        try (ServerSocket taken = server()) {
            String free = Integer.toString(freePort());
            Map<String, String> both = Map.of("PRODUCER_PORT", "" + taken.getLocalPort(), "QUARKUS_HTTP_PORT", free);

            assertThatCode(() -> requireFree(both)).doesNotThrowAnyException();
        }
    }

    @Test
    void prefersQuarkusOwnProperties() throws IOException {
        try (ServerSocket taken = server()) {
            System.setProperty("quarkus.http.port", "" + taken.getLocalPort());
            Map<String, String> free = Map.of("PRODUCER_PORT", "" + freePort());

            assertThatThrownBy(() -> requireFree(free)).hasMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void asksForThePortOnAllAddressesIfTheServiceListensThere() throws IOException {
        try (ServerSocket taken = server()) {
            Map<String, String> all =
                    Map.of("QUARKUS_HTTP_HOST", "0.0.0.0", "PRODUCER_PORT", "" + taken.getLocalPort());

            assertThatThrownBy(() -> requireFree(all)).hasMessageContaining("is in use");
        }
    }

    /** On Linux, unlike on macOS, a server can listen on any address of 127.0.0.0/8. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void asksForThePortOnTheAddressOnWhichTheServiceListens() throws IOException {
        try (ServerSocket taken = server()) {
            String port = Integer.toString(taken.getLocalPort());

            assertThatCode(() -> requireFree(Map.of("QUARKUS_HTTP_HOST", "127.0.0.3", "PRODUCER_PORT", port)))
                    .doesNotThrowAnyException();
            System.setProperty("quarkus.http.host", "127.0.0.3");
            assertThatCode(() -> requireFree(Map.of("PRODUCER_PORT", port))).doesNotThrowAnyException();
        }
    }

    @Test
    void leavesAHostThatDoesNotExistToQuarkus() {
        assertThatCode(() -> requireFree(Map.of("QUARKUS_HTTP_HOST", "no-such-host.invalid")))
                .doesNotThrowAnyException();
    }

    @Test
    void saysWhyAPortCannotBeOpenedThatNobodyAnswers() throws IOException {
        try (Socket user = new Socket()) {
            user.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            assertThat(PortCheck.problem(user.getLocalPort(), Settings.AIRFLOW_PORT))
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .matches("port \\d+, which Airflow needs, is not available \\(.+\\):"
                                    + " end what uses it, or set AIRFLOW_PORT to another port"));
            assertThat(PortCheck.isFree(user.getLocalPort())).isFalse();
        }
    }

    /** The side that closes a connection first keeps its port for a minute. */
    @Test
    void takesThePortOfAServerThatHasJustEnded() throws IOException {
        int port;
        try (ServerSocket server = server();
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            port = server.getLocalPort();
            server.accept().close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }

        assertThat(PortCheck.isFree(port)).isTrue();
    }

    @Test
    void seesAServerOnAllAddresses() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(PortCheck.isFree(taken.getLocalPort())).isFalse();
        }
    }

    private static void requireFree(Map<String, String> environment) {
        PortCheck.requireFree(new Settings(environment), Settings.PRODUCER_PORT);
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = server()) {
            return free.getLocalPort();
        }
    }
}
