package pipeline.endtoend.logs;

/** Fills a topic, in a thread of its own, until it has sent enough. */
abstract class Filler extends Thread implements AutoCloseable {
    private volatile boolean closed;
    private volatile boolean done;

    Filler() {
        super("filler");
        setDaemon(true);
    }

    /** Sends some events, and survives that the broker is killed. */
    abstract void send();

    abstract boolean hasSentEnough();

    @Override
    public final void run() {
        while (!closed && !hasSentEnough()) {
            send();
        }
        end();
        done = true;
    }

    /** Frees what {@link #send} has used. */
    void end() {}

    final boolean isDone() {
        return done;
    }

    @Override
    public final void close() {
        closed = true;
        try {
            join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
