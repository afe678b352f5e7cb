package pipeline.events.kafka;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.OAuthLogin;

/** Which URLs Kafka's clients may request when they log in with OAUTHBEARER. From version 3.9.1 on, they need that for each one. */
public final class AllowedUrls {
    /** A system property of Kafka's clients. */
    static final String PROPERTY = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private AllowedUrls() {}

    /**
     * Allows the URLs of these settings, and no others, to all Kafka clients of this process. Does nothing if the user has set the
     * property, to whatever value.
     */
    public static void allow(KafkaClientConfig client) {
        String urls = Stream.of(OAuthLogin.TOKEN_ENDPOINT, OAuthLogin.JWKS_ENDPOINT)
                .map(client.settings()::get)
                .filter(Objects::nonNull)
                .map(String::strip)
                .distinct()
                .collect(Collectors.joining(","));
        if (!urls.isEmpty() && System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, urls);
        }
    }
}
