package pipeline.launcher.process;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Writes to a stream on a thread of its own, so that a terminal that nobody reads stops this thread only. If too much waits for
 * a reader, the oldest lines are left out, and once somebody reads again, a note in their place says how many.
 */
final class ConsoleWriter {
    /** A line, or what only draws the status anew. */
    private record Text(String text, boolean isLine) {}

    static final int LIMIT = 10_000;

    private final PrintStream out;
    private final LongFunction<String> note;
    private final Deque<Text> waiting = new ArrayDeque<>();
    private long leftOut;
    private boolean writing;
    /** Whether a flush took too long, and nothing was read since. */
    private boolean unread;

    private volatile boolean broken;

    /** @param note returns the text that says how many lines were left out */
    ConsoleWriter(PrintStream out, LongFunction<String> note) {
        this.out = out;
        this.note = note;
        Thread thread = new Thread(this::writeAll, "console");
        thread.setDaemon(true);
        thread.start();
    }

    void line(String text) {
        add(new Text(text, true));
    }

    /** Replaces a status that still waits, so that the status never fills the queue. */
    synchronized void status(String text) {
        if (!waiting.isEmpty() && !waiting.getLast().isLine()) {
            waiting.removeLast();
        }
        add(new Text(text, false));
    }

    private synchronized void add(Text text) {
        if (waiting.size() == LIMIT && waiting.removeFirst().isLine()) {
            leftOut++;
        }
        waiting.addLast(text);
        notifyAll();
    }

    /** Waits until everything is written, but not longer than the limit, and not twice for the same text. */
    synchronized void flush(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!unread && (writing || !waiting.isEmpty())) {
            long left = end - System.nanoTime();
            if (left > 0) {
                await(left);
            } else {
                unread = true;
            }
        }
    }

    boolean isBroken() {
        return broken;
    }

    /** {@code checkError} also flushes. */
    private void writeAll() {
        while (true) {
            out.print(next().text());
            broken = out.checkError();
        }
    }

    private synchronized Text next() {
        writing = false;
        unread = false;
        notifyAll();
        while (waiting.isEmpty()) {
            await(Long.MAX_VALUE);
        }
        writing = true;
        if (leftOut == 0) {
            return waiting.removeFirst();
        }
        Text text = new Text(note.apply(leftOut), true);
        leftOut = 0;
        return text;
    }

    private void await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the launcher", e);
        }
    }
}
