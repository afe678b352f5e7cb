package pipeline.endtoend.secure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Kafka client settings, as in the file that {@code KAFKA_CONFIG_FILE} names. */
public record ClientSettings(Map<String, String> values) {
    public static ClientSettings plaintext() {
        return new ClientSettings(Map.of());
    }

    /** TLS and SCRAM: the password itself is never sent. */
    public static ClientSettings scram(CertificateAuthority trusted, String user, String password) throws IOException {
        return sasl(
                trusted, "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule", user, password);
    }

    /** TLS and PLAIN: a name and a password, as hosted brokers use. */
    public static ClientSettings plain(CertificateAuthority trusted, String user, String password) throws IOException {
        return sasl(trusted, "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule", user, password);
    }

    private static ClientSettings sasl(
            CertificateAuthority trusted, String mechanism, String module, String user, String password)
            throws IOException {
        return new ClientSettings(Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                module + " required username=\"" + user + "\" password=\"" + escaped(password) + "\";",
                "ssl.truststore.location",
                trusted.trustStore().toString(),
                "ssl.truststore.password",
                CertificateAuthority.STORE_PASSWORD));
    }

    /** As written in a JAAS entry. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** A token of an identity provider, without TLS. */
    static ClientSettings token(TokenServer tokens, String client, String secret) {
        return new ClientSettings(Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.login.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "sasl.oauthbearer.token.endpoint.url",
                tokens.tokenUrl(),
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"" + client
                        + "\" clientSecret=\"" + escaped(secret) + "\";"));
    }

    /** TLS with a client certificate, all of it as PEM text in the settings. */
    public static ClientSettings mtls(CertificateAuthority trusted, CertificateAuthority.Identity own)
            throws IOException {
        return new ClientSettings(Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.key",
                own.keyPem(),
                "ssl.keystore.certificate.chain",
                own.chainPem(),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                trusted.pem()));
    }

    /** TLS with a client certificate in a PKCS12 store. */
    public static ClientSettings mtlsStores(CertificateAuthority trusted, CertificateAuthority.Identity own)
            throws IOException {
        return new ClientSettings(Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.location",
                own.store().toString(),
                "ssl.keystore.password",
                CertificateAuthority.STORE_PASSWORD,
                "ssl.key.password",
                CertificateAuthority.STORE_PASSWORD,
                "ssl.truststore.location",
                trusted.trustStore().toString(),
                "ssl.truststore.password",
                CertificateAuthority.STORE_PASSWORD));
    }

    /** Returns the settings of a client of these brokers. */
    public Map<String, Object> with(String bootstrapServers) {
        Map<String, Object> all = new TreeMap<>(values);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    public ClientSettings with(String key, String value) {
        Map<String, String> all = new TreeMap<>(values);
        all.put(key, value);
        return new ClientSettings(all);
    }

    /** Writes the settings as a properties file that only its owner may read. */
    public Path write(Path file) throws IOException {
        String text = new TreeMap<>(values)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + "="
                                + setting.getValue()
                                        .strip()
                                        .replace("\\", "\\\\")
                                        .replace("\n", "\\n\\\n  ") + "\n")
                        .collect(Collectors.joining());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }
}
