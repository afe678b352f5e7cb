package pipeline.endtoend.secure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Issues certificates, as stores and as PEM text, with the JDK's {@code keytool}. Several can exist side by side. */
public final class CertificateAuthority {
    /** The password of all stores. */
    public static final String STORE_PASSWORD = "store-secret";

    private static final String ROOT = "authority";
    private static final char[] PASSWORD = STORE_PASSWORD.toCharArray();

    private final Path folder;
    private final Path store;

    private CertificateAuthority(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("authority.p12");
    }

    /** @param folder a new one, which will hold everything that this authority makes */
    public static CertificateAuthority in(Path folder, String name) throws IOException {
        CertificateAuthority authority = new CertificateAuthority(Files.createDirectories(folder));
        authority.keytool(ROOT, "CN=" + name, List.of("-ext", "bc:critical=ca:true", "-ext", "ku=keyCertSign"));
        return authority;
    }

    /**
     * Issues a certificate for {@code CN=<name>,OU=pipeline}, valid for a server on this machine and for a client.
     *
     * @param name in lower case, as keytool's aliases are
     */
    public Identity issue(String name) throws IOException {
        List<String> signed =
                List.of("-signer", ROOT, "-ext", "san=dns:localhost,ip:127.0.0.1", "-ext", "eku=serverAuth,clientAuth");
        keytool(name, "CN=" + name + ",OU=pipeline", signed);
        KeyStore all = load(store);
        try {
            return identity(name, (PrivateKey) all.getKey(name, PASSWORD), all.getCertificateChain(name));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private Identity identity(String name, PrivateKey key, Certificate[] chain)
            throws GeneralSecurityException, IOException {
        KeyStore own = empty();
        own.setKeyEntry(name, key, PASSWORD, chain);
        StringBuilder certificates = new StringBuilder();
        for (Certificate certificate : chain) {
            certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return new Identity(save(own, name + ".p12"), pem("PRIVATE KEY", key.getEncoded()), certificates.toString());
    }

    /**
     * A certificate with its private key.
     *
     * @param store in PKCS12, with {@link #STORE_PASSWORD}
     * @param keyPem private key, not encrypted
     * @param chainPem the certificate, then its authority's
     */
    record Identity(Path store, String keyPem, String chainPem) {}

    /** Returns a PKCS12 store with this authority's certificate only. */
    Path trustStore() throws IOException {
        try {
            KeyStore trust = empty();
            trust.setCertificateEntry(ROOT, load(store).getCertificate(ROOT));
            return save(trust, "trust.p12");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Returns this authority's certificate as PEM text. */
    String pem() throws IOException {
        try {
            return pem("CERTIFICATE", load(store).getCertificate(ROOT).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, PASSWORD);
        return empty;
    }

    private static KeyStore load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            loaded.load(in, PASSWORD);
            return loaded;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private Path save(KeyStore content, String name) throws GeneralSecurityException, IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            content.store(out, PASSWORD);
        }
        return file;
    }

    private void keytool(String alias, String subject, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-alias",
                alias,
                "-dname",
                subject,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30"));
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
