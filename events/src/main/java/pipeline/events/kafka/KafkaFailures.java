package pipeline.events.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.Settings;

/**
 * Explains in one line, without secrets, why Kafka's client failed and what to do about it. Recognizes Kafka's exceptions by
 * the names of their classes, because the components use different versions of the client.
 */
public final class KafkaFailures {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    /**
     * How Kafka's login module for OAUTHBEARER says that it has no token, or one that is not a JWT. The JDK puts the stack trace of
     * other exceptions into the message, which has the names of the classes then.
     */
    private static final Pattern NO_TOKEN = Pattern.compile(
            "retrieving token from callback handler|JwtRetriever|AccessTokenRetriever|Malformed JWT|Empty JWT");

    private static final Pattern GROUP = Pattern.compile("(?:idValue='|group: )([A-Za-z0-9._-]+)");

    /** What a failure is about. */
    public enum Kind {
        /** The broker refuses the login. */
        LOGIN,
        /** The client gets no token to log in with. */
        TOKEN,
        /** Client or broker does not trust the other's certificate. */
        CERTIFICATE,
        /** The broker denies a right. */
        DENIED,
        /** The topic does not exist. */
        NO_TOPIC,
        /** No response in time, or the broker's host name cannot be resolved. */
        NO_ANSWER,
        /** Any other failure after which Kafka's clients retry. */
        TRANSIENT,
        /** Kafka's client does not accept the settings. */
        SETTINGS,
        OTHER;

        /** Returns whether the component can recover without a restart, for example after a change on the broker. */
        public boolean isRecoverable() {
            return this != SETTINGS && this != OTHER;
        }
    }

    private final String bootstrapServers;
    private final KafkaClientConfig client;
    private final Optional<TokenEndpoint> endpoint;

    public KafkaFailures(String bootstrapServers, KafkaClientConfig client) {
        this.bootstrapServers = bootstrapServers;
        this.client = client;
        this.endpoint = TokenEndpoint.of(client.settings());
    }

    public static Kind kind(Throwable failure) {
        // The order matters: an unknown topic is also a retriable failure.
        if (isA(failure, "AuthorizationException")) {
            return Kind.DENIED;
        }
        if (isA(failure, "SslAuthenticationException")) {
            return Kind.CERTIFICATE;
        }
        if (isA(failure, "AuthenticationException")) {
            return Kind.LOGIN;
        }
        if (causes(failure).anyMatch(KafkaFailures::hasNoToken)) {
            return Kind.TOKEN;
        }
        if (isA(failure, "UnknownTopicOrPartitionException")) {
            return Kind.NO_TOPIC;
        }
        if (isA(failure, "TimeoutException") || isA(failure, "DisconnectException") || hasNoAddress(failure)) {
            return Kind.NO_ANSWER;
        }
        if (isA(failure, "RetriableException")) {
            return Kind.TRANSIENT;
        }
        return causes(failure).anyMatch(KafkaFailures::isAboutSettings) ? Kind.SETTINGS : Kind.OTHER;
    }

    /** Kafka's client reports this as a wrong setting, but the name may become resolvable later. */
    private static boolean hasNoAddress(Throwable failure) {
        return causes(failure).anyMatch(cause -> message(cause).startsWith("No resolvable bootstrap urls"));
    }

    private static boolean hasNoToken(Throwable cause) {
        return cause instanceof LoginException
                && NO_TOKEN.matcher(message(cause)).find();
    }

    private static boolean isAboutSettings(Throwable cause) {
        return named(cause, "ConfigException") || named(cause, "InvalidConfigurationException") || isOuter(cause);
    }

    /** Kafka wraps the exception that says what is wrong in one or two of these. */
    private static boolean isOuter(Throwable cause) {
        return message(cause).startsWith("Failed to create new")
                || message(cause).startsWith("Failed to construct kafka");
    }

    /**
     * Returns one line about the failure.
     *
     * @param operation that the component needs on the topic, named as in Kafka's ACLs: {@code READ}
     */
    public String explain(Throwable failure, String operation, String topic) {
        return oneLine(
                switch (kind(failure)) {
                    case DENIED -> denied(failure, operation, topic);
                    // The token of a client that gets no new one expires.
                    case LOGIN ->
                        endpoint.flatMap(TokenEndpoint::problem)
                                .orElseGet(() -> kafka() + " refuses the login of " + principal() + ": "
                                        + message(failure, "AuthenticationException"));
                    case TOKEN ->
                        endpoint.flatMap(TokenEndpoint::problem)
                                .orElseGet(() ->
                                        endpoint.map(TokenEndpoint::toString).orElse("The login module")
                                                + " gave no token that Kafka's client can use");
                    case CERTIFICATE -> certificate(failure);
                    case NO_TOPIC -> kafka() + " has no topic " + topic;
                    case NO_ANSWER ->
                        hasNoAddress(failure) ? kafka() + ": the host name cannot be resolved" : noAnswer();
                    case SETTINGS ->
                        Settings.KAFKA_CONFIG_FILE
                                + client.file().map(file -> "=" + file).orElse("") + ": cannot create a Kafka client: "
                                + settings(failure);
                    case TRANSIENT, OTHER ->
                        kafka() + ": "
                                // The components join no group. They get this answer if another program does.
                                + (isA(failure, "UnknownMemberIdException")
                                        ? "a consumer of another program is in this group"
                                        : innermost(failure));
                });
    }

    private String denied(Throwable failure, String operation, String topic) {
        if (isA(failure, "GroupAuthorizationException")) {
            Matcher group = GROUP.matcher(message(failure, "GroupAuthorizationException"));
            return denied("READ", "group", group.find() ? group.group(1) : "of the component");
        }
        // Without WRITE on any topic, a producer gets no id, and Kafka reports that as a missing right on the cluster.
        return denied(operation, "topic", topic);
    }

    /** Returns the line about a missing right: which principal lacks it, and the command that grants it. */
    public String denied(String operation, String resource, String name) {
        return kafka() + " denies " + principal() + " the right " + operation + " on " + resource + " " + name
                + "; to grant it: kafka-acls --bootstrap-server "
                + bootstrapServers.split(",")[0]
                + " --command-config ADMIN_FILE --add --allow-principal " + principal() + " --operation " + operation
                + " --" + resource + " " + name;
    }

    private String certificate(Throwable failure) {
        String reason = innermost(failure);
        if (causes(failure).anyMatch(cause -> message(cause).contains("PKIX path"))) {
            return "The certificate of " + kafka()
                    + " is not trusted: none of the authorities in ssl.truststore.* issued" + " it (" + reason + ")";
        }
        if (reason.contains("fatal alert")) {
            return kafka() + " refuses the certificate of this client, or the client has none (" + reason
                    + "); ssl.keystore.* must hold one that the broker trusts";
        }
        return "The TLS handshake with " + kafka() + " failed: " + reason;
    }

    private String noAnswer() {
        if (!anyAccepts(bootstrapServers)) {
            return kafka() + " does not accept connections";
        }
        String protocol = client.settings().getOrDefault("security.protocol", "PLAINTEXT");
        // A client whose token has expired, and that gets no new one, only waits.
        return endpoint.flatMap(TokenEndpoint::problem)
                .orElseGet(() -> kafka() + " accepts connections, but does not answer; security.protocol is " + protocol
                        + " here, and the port may expect another one");
    }

    /**
     * Returns whether one of these brokers accepts connections at this moment. That distinguishes a broker that is down from one
     * that is far away, or closes connections of clients with another protocol. Waits for each at most a second.
     *
     * @param bootstrapServers {@code host:port[,…]}
     */
    public static boolean anyAccepts(String bootstrapServers) {
        return Stream.of(bootstrapServers.split(",")).anyMatch(KafkaFailures::accepts);
    }

    private static boolean accepts(String server) {
        int colon = server.lastIndexOf(':');
        // Like Kafka's clients, whatever proxy the JVM has.
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            InetSocketAddress address = new InetSocketAddress(
                    server.substring(0, colon).replaceAll("[\\[\\]]", ""),
                    Integer.parseInt(server.substring(colon + 1)));
            socket.connect(address, (int) CONNECT_TIMEOUT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String settings(Throwable failure) {
        // Kafka's messages about a JAAS entry quote it.
        if (causes(failure).anyMatch(cause -> message(cause).contains("JAAS"))) {
            return "sasl.jaas.config is malformed, or is missing";
        }
        // The first message names the store, the second one the problem.
        return causes(failure)
                .filter(cause -> !isOuter(cause) && !message(cause).startsWith("org.apache.kafka."))
                .map(KafkaFailures::message)
                .distinct()
                .limit(2)
                .collect(Collectors.joining(": "));
    }

    private String kafka() {
        return "Kafka at " + bootstrapServers;
    }

    private String principal() {
        return ClientPrincipal.of(client.settings()).orElse("this client");
    }

    private static boolean isA(Throwable failure, String name) {
        return find(failure, name).isPresent();
    }

    private static String message(Throwable failure, String name) {
        return find(failure, name).map(KafkaFailures::message).orElse("");
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static Optional<Throwable> find(Throwable failure, String name) {
        return causes(failure).filter(cause -> named(cause, name)).findFirst();
    }

    /** Returns whether it is an exception of Kafka or of the JDK with this name, or a subclass of one. */
    private static boolean named(Throwable cause, String name) {
        return Stream.<Class<?>>iterate(cause.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> type.getSimpleName().equals(name)
                        && type.getName().matches("(org\\.apache\\.kafka\\.|java\\.util\\.concurrent\\.).*"));
    }

    private static String innermost(Throwable failure) {
        return message(causes(failure).reduce((outer, inner) -> inner).orElse(failure));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
