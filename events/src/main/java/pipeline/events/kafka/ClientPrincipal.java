package pipeline.events.kafka;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** The principal that a client authenticates as, derived from its settings, because no response of Kafka names it. */
final class ClientPrincipal {
    private ClientPrincipal() {}

    /**
     * Returns {@code User:} with the user name or the subject of the client's certificate, {@code User:ANONYMOUS} without
     * either, and nothing for other kinds of logins. A broker may have rules that shorten the subject.
     */
    static Optional<String> of(Map<String, String> settings) {
        String protocol =
                settings.getOrDefault("security.protocol", "PLAINTEXT").strip();
        if (protocol.regionMatches(true, 0, "SASL", 0, 4)) {
            return JaasOption.value(settings.getOrDefault("sasl.jaas.config", ""), "username")
                    .map(user -> "User:" + user);
        }
        Optional<String> certificate = certificate(settings);
        return certificate.isPresent() ? certificate : Optional.of("User:ANONYMOUS");
    }

    private static Optional<String> certificate(Map<String, String> settings) {
        try {
            Optional<X509Certificate> own = settings.containsKey("ssl.keystore.certificate.chain")
                    ? Optional.of(firstOf(settings.get("ssl.keystore.certificate.chain")))
                    : stored(settings);
            return own.map(certificate ->
                    "User:" + certificate.getSubjectX500Principal().getName());
        } catch (IOException | GeneralSecurityException e) {
            // Kafka's client reports more clearly what is wrong with a store.
            return Optional.empty();
        }
    }

    private static Optional<X509Certificate> stored(Map<String, String> settings)
            throws IOException, GeneralSecurityException {
        String location = settings.getOrDefault("ssl.keystore.location", "").strip();
        if (location.isEmpty()) {
            return Optional.empty();
        }
        if (settings.getOrDefault("ssl.keystore.type", "").strip().equalsIgnoreCase("PEM")) {
            return Optional.of(firstOf(Files.readString(Path.of(location), StandardCharsets.ISO_8859_1)));
        }
        char[] password =
                settings.getOrDefault("ssl.keystore.password", "").strip().toCharArray();
        KeyStore store = KeyStore.getInstance(new File(location), password);
        for (String alias : Collections.list(store.aliases())) {
            Certificate certificate = store.getCertificate(alias);
            if (store.isKeyEntry(alias) && certificate instanceof X509Certificate own) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }

    private static X509Certificate firstOf(String pem) throws GeneralSecurityException {
        String text = pem.substring(Math.max(0, pem.indexOf("-----BEGIN CERTIFICATE-----")));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
