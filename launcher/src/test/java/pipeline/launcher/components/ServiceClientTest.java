package pipeline.launcher.components;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pipeline.launcher.components.ServiceClient.Aggregates;
import pipeline.launcher.process.StopException;

class ServiceClientTest {
    private HttpServer server;
    private ServiceClient service;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        service = new ServiceClient(server.getAddress().getPort());
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void isReadyWhenItSaysSo() {
        answer("/q/health/ready", 200, "{\"status\":\"UP\"}");

        assertThat(service.isReady()).isTrue();
    }

    @Test
    void isNotReadyWhenItIsDownOrGone() {
        answer("/q/health/ready", 503, "{\"status\":\"DOWN\"}");
        assertThat(service.isReady()).isFalse();

        server.stop(0);

        assertThat(service.isReady()).isFalse();
    }

    @Test
    void readsTheCountOfSentEvents() {
        answer(
                "/q/metrics",
                200,
                """
                # TYPE producer_events_sent counter
                producer_events_acked_total 7.0
                producer_events_sent_total{topic="events"} 1234567.0
                """);

        assertThat(service.sent()).hasValue(1_234_567);
    }

    @Test
    void hasNoCountWithoutTheMetric() {
        answer("/q/metrics", 200, "");

        assertThat(service.sent()).isEmpty();
    }

    @Test
    void readsTheAggregatesOfARun() throws IOException {
        answer(
                "/aggregates",
                200,
                "{\"status\":\"OK\",\"runs\":[\"run_1\"],\"totalRows\":12,\"rejected\":3,\"perId\":[]}");

        assertThat(service.aggregates("run_1")).isEqualTo(new Aggregates("OK", 12, 3));
    }

    @Test
    void saysWhatTheValidatorAnswersInstead() {
        answer("/aggregates", 503, "{\"title\":\"storage\"}");

        assertThatThrownBy(() -> service.aggregates("run_1"))
                .isInstanceOf(IOException.class)
                .hasMessage(service.url("/aggregates?run=run_1") + " answers 503: {\"title\":\"storage\"}");
    }

    @Test
    void saysThatNoValidatorAnswers() {
        server.stop(0);

        assertThatThrownBy(() -> service.aggregates("run_1"))
                .isInstanceOf(StopException.class)
                .hasMessageStartingWith("no validator answers at http://localhost:")
                .hasMessageEndingWith("start one, or leave out --without validator");
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
