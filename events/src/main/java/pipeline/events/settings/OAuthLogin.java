package pipeline.events.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients need in the file to log in with a token (OAUTHBEARER), and what they get if the file does not say it. */
public final class OAuthLogin {
    public static final String TOKEN_ENDPOINT = "sasl.oauthbearer.token.endpoint.url";
    public static final String JWKS_ENDPOINT = "sasl.oauthbearer.jwks.endpoint.url";

    static final String HANDLER = "sasl.login.callback.handler.class";
    /** In the clients of all components, and in Kafka's tools from 3.4 on. */
    private static final String HANDLER_CLASS =
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler";

    private static final String VALIDATOR = "sasl.oauthbearer.jwt.validator.class";
    private static final String VALIDATOR_CLASS = "org.apache.kafka.common.security.oauthbearer.ClientJwtValidator";

    private static final String JAAS = "sasl.jaas.config";
    private static final List<String> CREDENTIALS = List.of("clientId", "clientSecret");

    private static final String CONNECT_TIMEOUT = "sasl.login.connect.timeout.ms";
    private static final String READ_TIMEOUT = "sasl.login.read.timeout.ms";
    private static final String RETRY_PAUSE = "sasl.login.retry.backoff.ms";
    private static final String RETRY_LIMIT = "sasl.login.retry.backoff.max.ms";

    private OAuthLogin() {}

    /** Returns whether clients with these settings request their tokens at an endpoint. */
    public static boolean isIn(Map<String, String> settings) {
        return settings.getOrDefault("sasl.mechanism", "").strip().equals("OAUTHBEARER")
                && settings.containsKey(TOKEN_ENDPOINT);
    }

    /** Returns what is missing for such a login, as a sentence that starts with {@link #TOKEN_ENDPOINT}. */
    static Optional<String> problem(Map<String, String> settings) {
        if (!isIn(settings)) {
            return Optional.empty();
        }
        if (!settings.containsKey(HANDLER)) {
            // Kafka's default makes tokens itself, without a signature.
            return Optional.of(TOKEN_ENDPOINT + " also needs the line " + HANDLER + "=" + HANDLER_CLASS);
        }
        boolean isFile = settings.get(TOKEN_ENDPOINT).strip().startsWith("file:");
        boolean complete =
                CREDENTIALS.stream().allMatch(name -> SecurityValues.hasOption(settings.getOrDefault(JAAS, ""), name));
        return complete || isFile
                ? Optional.empty()
                : Optional.of(TOKEN_ENDPOINT + " also needs clientId=\"…\" and clientSecret=\"…\" in " + JAAS);
    }

    /** Returns what is wrong with the handler. The package {@code secured} exists in Kafka 3.1 to 3.9 only. */
    static Optional<String> handlerProblem(String value) {
        return value.contains(".oauthbearer.secured.")
                ? Optional.of("names a class that Kafka 4 does not have; write " + HANDLER_CLASS)
                : Optional.empty();
    }

    /**
     * Returns the settings with what the components need besides.
     *
     * <p>The validator of tokens is the one that Kafka's clients use anyway; their default only selects it, and for that needs a
     * library that clients do not have. Older clients have no such setting.
     *
     * <p>Requests to the endpoint get limits. By default Kafka's clients wait for an answer without any limit, so that an endpoint
     * that hangs once would stop a component for good, and they repeat a failed request for ten seconds, for which a health check
     * would have to wait.
     */
    static Map<String, String> completed(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (isIn(settings)) {
            all.putIfAbsent(VALIDATOR, VALIDATOR_CLASS);
            all.putIfAbsent(CONNECT_TIMEOUT, "5000");
            all.putIfAbsent(READ_TIMEOUT, "5000");
            if (!settings.containsKey(RETRY_PAUSE)) {
                all.putIfAbsent(RETRY_LIMIT, "1000");
            }
        }
        return all;
    }
}
