package pipeline.events.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import pipeline.events.settings.OAuthLogin;

/**
 * Where clients that log in with OAUTHBEARER get their tokens. Requests one in the same way, because Kafka's exceptions do not
 * always say why a client got none. No line contains a secret, or more of an answer than its status and OAuth's error code.
 */
final class TokenEndpoint {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_ANSWER = 100_000;
    /** Both belong to OAuth's answers, see RFC 6749, 5.1 and 5.2. */
    private static final Pattern ACCESS_TOKEN =
            Pattern.compile("\"access_token\"\\s*:\\s*\"[^\".]+\\.[^\".]+\\.[^\".]*\"");

    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([A-Za-z0-9_.-]{1,60})\"");

    private final String url;
    private final String jaas;

    private TokenEndpoint(String url, String jaas) {
        this.url = url;
        this.jaas = jaas;
    }

    /** Returns nothing if clients with these settings do not use one. */
    static Optional<TokenEndpoint> of(Map<String, String> settings) {
        return OAuthLogin.isIn(settings)
                ? Optional.of(new TokenEndpoint(
                        settings.get(OAuthLogin.TOKEN_ENDPOINT).strip(), settings.getOrDefault("sasl.jaas.config", "")))
                : Optional.empty();
    }

    /** Returns why the client gets no token now, in one line, or nothing if it gets one, or if only Kafka's client can tell. */
    Optional<String> problem() {
        try {
            if (!(new URL(url).openConnection() instanceof HttpURLConnection connection)) {
                return Optional.empty();
            }
            try {
                return problem(connection);
            } finally {
                connection.disconnect();
            }
        } catch (UnknownHostException e) {
            return Optional.of(this + ": the host name cannot be resolved");
        } catch (SSLException e) {
            // The client may trust other authorities than this request.
            return JaasOption.hasPrefix(jaas, "ssl.")
                    ? Optional.empty()
                    : Optional.of("The TLS handshake with the " + name() + " failed: " + e.getMessage());
        } catch (ConnectException e) {
            return Optional.of(this + " does not accept connections");
        } catch (IOException e) {
            return Optional.of(this + " does not answer");
        }
    }

    private Optional<String> problem(HttpURLConnection connection) throws IOException {
        connection.setConnectTimeout((int) TIMEOUT.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("Authorization", "Basic " + credentials());
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            body.write(form().getBytes(StandardCharsets.US_ASCII));
        }
        int status = connection.getResponseCode();
        String answer = text(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        return switch (status) {
            case 200, 201 ->
                ACCESS_TOKEN.matcher(answer).find()
                        ? Optional.empty()
                        : Optional.of(this + " answers without a JWT as access_token");
            case 400, 401, 403 ->
                Optional.of(this + " refuses this client: HTTP " + status + error(answer)
                        + "; check clientId, clientSecret and scope in sasl.jaas.config");
            default -> Optional.of(this + " answers HTTP " + status);
        };
    }

    private String credentials() {
        String both = option("clientId") + ":" + option("clientSecret");
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private String form() {
        String scope = option("scope");
        return "grant_type=client_credentials"
                + (scope.isEmpty() ? "" : "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
    }

    private String option(String name) {
        return JaasOption.value(jaas, name).orElse("").strip();
    }

    private static String error(String answer) {
        Matcher error = ERROR.matcher(answer);
        return error.find() ? ", " + error.group(1) : "";
    }

    private static String text(InputStream answer) throws IOException {
        if (answer == null) {
            return "";
        }
        try (answer) {
            return new String(answer.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }

    /** Without a password or key that the URL may contain. */
    private String name() {
        return "token endpoint " + url.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//");
    }

    @Override
    public String toString() {
        return "The " + name();
    }
}
