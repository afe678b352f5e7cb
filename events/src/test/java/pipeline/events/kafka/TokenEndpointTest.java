package pipeline.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.kafka.KafkaFailures.Kind;
import pipeline.events.settings.Settings;

/** With a token endpoint that answers in the ways in which such endpoints do, and Kafka's client. */
class TokenEndpointTest {
    private static final String JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2IifQ.c2lnbmF0dXJl";

    @TempDir
    private Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{\"access_token\":\"" + JWT + "\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            // Kafka's client 4.1.1 does not encode the form, and 3.4.1 does.
            requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + URLDecoder.decode(body, StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty(AllowedUrls.PROPERTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    401 | {"error":"invalid_client","error_description":"canary"} | refuses this client: HTTP 401, invalid_client; check clientId, clientSecret and scope in sasl.jaas.config
                    400 | {"error": "invalid_scope"} | refuses this client: HTTP 400, invalid_scope; check clientId, clientSecret and scope in sasl.jaas.config
                    403 | <html>canary</html> | refuses this client: HTTP 403; check clientId, clientSecret and scope in sasl.jaas.config
                    404 | canary | answers HTTP 404
                    503 | canary | answers HTTP 503
                    200 | {"access_token":"canary"} | answers without a JWT as access_token
                    200 | {} | answers without a JWT as access_token
                    """)
    void saysInOneLineWhyItGivesNoToken(int status, String answer, String reason) throws IOException {
        this.status = status;
        this.answer = answer;
        KafkaEndpoint kafka = endpoint(url());

        KafkaException failure = catchThrowableOfType(KafkaException.class, () -> create(kafka));

        assertThat(KafkaFailures.kind(failure)).isEqualTo(Kind.TOKEN);
        assertThat(Kind.TOKEN.isRecoverable()).isTrue();
        assertThat(kafka.explain(failure, "READ")).isEqualTo("The token endpoint " + url() + " " + reason);
    }

    @Test
    void saysThatItIsDown() throws IOException {
        server.stop(0);
        KafkaEndpoint kafka = endpoint(url());

        KafkaException failure = catchThrowableOfType(KafkaException.class, () -> create(kafka));

        assertThat(KafkaFailures.kind(failure)).isEqualTo(Kind.TOKEN);
        assertThat(kafka.explain(failure, "READ"))
                .isEqualTo("The token endpoint " + url() + " does not accept connections");
    }

    @Test
    void saysThatItsNameHasNoAddress() throws IOException {
        KafkaEndpoint kafka = endpoint("http://no-such-host.invalid/token");

        assertThat(kafka.explain(withoutToken(), "READ"))
                .isEqualTo("The token endpoint http://no-such-host.invalid/token: the host name cannot be resolved");
    }

    @Test
    void saysThatItDoesNotSpeakTls() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "https://127.0.0.1:" + plain.getLocalPort() + "/token";
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> answerWithoutTls(plain));

            assertThat(endpoint(url).explain(withoutToken(), "READ"))
                    .startsWith("The TLS handshake with the token endpoint " + url + " failed: ");
            server.join();
        }
    }

    private static void answerWithoutTls(ServerSocket plain) {
        try (Socket accepted = plain.accept()) {
            accepted.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            accepted.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void doesNotWaitForAnEndpointThatHangs() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/token";

            assertThat(endpoint(url).explain(withoutToken(), "READ"))
                    .isEqualTo("The token endpoint " + url + " does not answer");
        }
    }

    @Test
    void requestsATokenAsKafkasClientDoes() throws IOException {
        KafkaEndpoint kafka = endpoint(url());
        status = 401;
        assertThatThrownBy(() -> create(kafka)).isInstanceOf(KafkaException.class);
        kafka.explain(withoutToken(), "READ");

        String credentials = Base64.getEncoder().encodeToString("job:c\"a\\n=;".getBytes(StandardCharsets.US_ASCII));
        assertThat(requests)
                .hasSize(2)
                .containsOnly("Basic " + credentials + " grant_type=client_credentials&scope=a b");
    }

    /** One that has recovered in the meantime, or that Kafka's client knows more about. */
    @Test
    void namesTheEndpointWhenItGivesATokenAgain() throws IOException {
        assertThat(endpoint(url()).explain(withoutToken(), "READ"))
                .isEqualTo("The token endpoint " + url() + " gave no token that Kafka's client can use");
    }

    @Test
    void showsNoSecretOfTheUrl() throws IOException {
        String url = url().replace("//", "//user:canary@") + "?key=canary";
        status = 503;

        assertThat(endpoint(url).explain(withoutToken(), "READ"))
                .isEqualTo("The token endpoint " + url() + " answers HTTP 503");
    }

    /** A client without a new token logs in with its old one, until the broker refuses that. */
    @ParameterizedTest
    @ValueSource(ints = {200, 503})
    void asksTheEndpointWhenTheBrokerRefusesTheToken(int status) throws IOException {
        this.status = status;
        Exception refused = new SaslAuthenticationException("{\"status\":\"invalid_token\"}");

        assertThat(endpoint(url()).explain(refused, "READ"))
                .isEqualTo(
                        status == 503
                                ? "The token endpoint " + url() + " answers HTTP 503"
                                : "Kafka at localhost:9094 refuses the login of this client: {\"status\":\"invalid_token\"}");
    }

    /** The exceptions of client 3.4.1, which has the token in the text of one of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "An internal error occurred while retrieving token from callback handler",
                "Malformed JWT provided (canary); expected three sections (header, payload, and signature)",
                "java.lang.IllegalArgumentException: The value must be non-null\n\tat a.HttpAccessTokenRetriever.b(C.java:1)",
            })
    void recognizesThatAnOlderClientHasNoToken(String text) throws IOException {
        Exception failure = new KafkaException("Failed to create new KafkaAdminClient", new LoginException(text));

        assertThat(KafkaFailures.kind(failure)).isEqualTo(Kind.TOKEN);
        assertThat(endpoint(url()).explain(failure, "READ")).doesNotContain("canary");
    }

    @Test
    void isAboutSettingsWhenAnotherLoginFails() {
        Exception failure = new KafkaException(
                "Failed to create new KafkaAdminClient", new LoginException("unable to find LoginModule class: a.B"));

        assertThat(KafkaFailures.kind(failure)).isEqualTo(Kind.SETTINGS);
    }

    private static Exception withoutToken() {
        return new KafkaException(
                "Failed to create new KafkaAdminClient",
                new LoginException("An internal error occurred while retrieving token from callback handler"));
    }

    private static void create(KafkaEndpoint kafka) {
        Admin.create(kafka.adminSettings(1000)).close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    private KafkaEndpoint endpoint(String url) throws IOException {
        Path file = Files.writeString(
                folder.resolve("client.properties"),
                """
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=OAUTHBEARER
                sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler
                sasl.oauthbearer.token.endpoint.url=%s
                sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required \\
                  clientId="job" clientSecret="c\\\\"a\\\\\\\\n=;" scope="a b";
                """
                        .formatted(url));
        return KafkaEndpoint.of(new Settings(Map.of("KAFKA_CONFIG_FILE", file.toString())));
    }
}
