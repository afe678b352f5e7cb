package pipeline.endtoend.secure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import pipeline.launcher.setup.Ports;

/** An identity provider: gives clients with the right secret signed tokens, and brokers the key to check them. */
final class TokenServer implements AutoCloseable {
    static final String ISSUER = "test-issuer";
    static final String AUDIENCE = "test-kafka";
    /** So short that a client soon needs a new one. */
    private static final Duration LIFETIME = Duration.ofSeconds(12);

    private static final String FORM = "grant_type=client_credentials";

    private final int port = Ports.free();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final KeyPair key = key();
    private ExecutorService threads;
    private HttpServer server;

    static TokenServer start() throws IOException {
        TokenServer tokens = new TokenServer();
        tokens.open();
        return tokens;
    }

    /** Listens at the same address as before. */
    void open() throws IOException {
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/token", this::token);
        server.createContext("/keys", exchange -> answer(exchange, 200, keys()));
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    String tokenUrl() {
        return "http://127.0.0.1:" + port + "/token";
    }

    String keysUrl() {
        return "http://127.0.0.1:" + port + "/keys";
    }

    /** Adds a client, or changes the secret of an existing one. */
    void setSecret(String client, String secret) {
        secrets.put(client, secret);
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = text(exchange.getRequestBody().readAllBytes());
        String basic = exchange.getRequestHeaders().getFirst("Authorization").replace("Basic ", "");
        String[] credentials = text(Base64.getDecoder().decode(basic)).split(":", 2);
        if (!form.equals(FORM) || !credentials[1].equals(secrets.get(credentials[0]))) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                        .formatted(jwt(credentials[0]), LIFETIME.toSeconds()));
    }

    private String jwt(String subject) {
        Instant now = Instant.now();
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(
                        ISSUER,
                        AUDIENCE,
                        subject,
                        now.getEpochSecond(),
                        now.plus(LIFETIME).getEpochSecond());
        String signed = encoded("{\"alg\":\"RS256\",\"kid\":\"1\"}") + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String keys() {
        RSAPublicKey known = (RSAPublicKey) key.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(encoded(known.getModulus()), encoded(known.getPublicExponent()));
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the byte of the sign. */
    private static String encoded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
