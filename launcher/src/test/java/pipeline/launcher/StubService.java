package pipeline.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands in for a service: healthy at once, and without data. A producer with a limit claims to have sent that many events. */
public final class StubService {
    private StubService() {}

    public static void main(String[] args) throws IOException {
        int port = Integer.getInteger("quarkus.http.port");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        byte[] answer = "{\"status\":\"NO_DATA\",\"totalRows\":0,\"rejected\":0}".getBytes(UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        System.out.println("stub on port " + port);
        String limit = System.getenv("EVENT_LIMIT");
        if (limit != null && port == Integer.parseInt(System.getenv("PRODUCER_PORT"))) {
            Files.writeString(
                    Path.of(System.getProperty("producer.totals-file")),
                    "{\"sent\":%s,\"acked\":%s,\"failed\":0,\"skipped\":0}".formatted(limit, limit));
            System.exit(0);
        }
    }
}
