package pipeline.producer;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests metrics and health continuously, also while the service stops and no longer answers. */
final class RequestLoad implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger responses = new AtomicInteger();

    static RequestLoad start(String server) {
        RequestLoad load = new RequestLoad();
        for (String path : List.of("/q/metrics", "/q/metrics", "/q/health", "/q/health/ready")) {
            load.threads.execute(() -> load.run(URI.create(server + path)));
        }
        return load;
    }

    private void run(URI uri) {
        HttpClient client = HttpClient.newHttpClient();
        while (!threads.isShutdown()) {
            try {
                client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
                responses.incrementAndGet();
            } catch (IOException e) {
                // The service is stopping.
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    void awaitResponses(int count) {
        await().until(() -> responses.get() >= count);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
