package pipeline.endtoend.machine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A connection to a server on this machine that delivers each answer late, as one around the world does, and counts its bytes. */
public final class SlowLink implements Closeable {
    private static final int CHUNK_BYTES = 1 << 16;

    /** On their way at the same time; a link holds no more. */
    private static final int CHUNKS = 256;

    private final ServerSocket listener;
    private final int server;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile Duration delay = Duration.ZERO;

    /** @param server a port on 127.0.0.1 */
    public SlowLink(int server) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        run("link", this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Sets by how much later answers arrive. */
    public void delay(Duration delay) {
        this.delay = delay;
    }

    /** Returns how many bytes the server has sent so far. */
    public long answered() {
        return answered.get();
    }

    private void accept() throws IOException, InterruptedException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            try {
                Socket connected = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(connected);
                run("requests", () -> {
                    client.getInputStream().transferTo(connected.getOutputStream());
                    connected.close();
                });
                BlockingQueue<Chunk> underway = new ArrayBlockingQueue<>(CHUNKS);
                run("answers", () -> send(connected.getInputStream(), underway));
                run("deliveries", () -> deliver(underway, client));
            } catch (IOException e) {
                // The server is down.
                client.close();
            }
        }
    }

    /** @param bytes none at the end */
    private record Chunk(byte[] bytes, long due) {}

    private void send(InputStream answers, BlockingQueue<Chunk> underway) throws IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK_BYTES];
        int length = 0;
        while (length >= 0) {
            length = answers.read(buffer);
            byte[] bytes = new byte[Math.max(0, length)];
            System.arraycopy(buffer, 0, bytes, 0, bytes.length);
            answered.addAndGet(bytes.length);
            underway.put(new Chunk(bytes, System.nanoTime() + delay.toNanos()));
        }
    }

    private static void deliver(BlockingQueue<Chunk> underway, Socket client) throws IOException, InterruptedException {
        OutputStream out = client.getOutputStream();
        for (Chunk chunk = underway.take(); chunk.bytes.length > 0; chunk = underway.take()) {
            TimeUnit.NANOSECONDS.sleep(chunk.due - System.nanoTime());
            out.write(chunk.bytes);
        }
        client.close();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the two sides has closed the connection.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : List.copyOf(sockets)) {
            socket.close();
        }
    }
}
