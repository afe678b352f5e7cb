package pipeline.launcher.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** A full pipe: whoever writes to it waits until {@link #read} is called. */
final class UnreadStream extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch writerWaits = new CountDownLatch(1);
    private final CountDownLatch isRead = new CountDownLatch(1);

    PrintStream printStream() {
        return new PrintStream(this, false, UTF_8);
    }

    @Override
    public void write(int b) {
        writerWaits.countDown();
        await(isRead);
        written.write(b);
    }

    void awaitWriter() {
        await(writerWaits);
    }

    void read() {
        isRead.countDown();
    }

    String text() {
        return written.toString(UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
