package pipeline.endtoend.logs;

/** Fills a topic, in a thread of its own, until it is closed, so that each kill hits a job that has something to publish. */
abstract class Filler extends Thread implements AutoCloseable {
    private volatile boolean closed;

    Filler() {
        super("filler");
        setDaemon(true);
    }

    /** Sends some events. Must not fail if the broker is killed meanwhile. */
    abstract void send();

    /** Returns whether it may be closed; called by another thread. */
    abstract boolean hasSentEnough();

    @Override
    public final void run() {
        while (!closed) {
            send();
        }
        end();
    }

    /** Frees what {@link #send} has used. */
    void end() {}

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
