package pipeline.producer.generate;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import pipeline.events.schema.sample.KeyedEvent;

/** Sends events one by one, each when it is due and the output requests it. One thread runs it; any thread may stop it. */
public final class EventLoop {
    /** Receives the events. */
    public interface Output {
        /** Returns how many more events it can take now. */
        long requested();

        /** Sends an event; {@code seq} is 0, 1, 2, … */
        void send(long seq, KeyedEvent event);
    }

    /** Polling is cheaper than a wake-up for each event that Kafka acknowledges. */
    private static final long NO_DEMAND_NANOS = Duration.ofMillis(1).toNanos();

    private final EventGenerator generator;
    private final Pace pace;
    private final long limit;
    private final LongConsumer skipped;
    private volatile boolean stopped;
    private volatile Thread runner;

    /**
     * @param limit how many events to send; empty means no limit
     * @param skipped receives the number of events that the pace skipped
     */
    public EventLoop(EventGenerator generator, Pace pace, OptionalLong limit, LongConsumer skipped) {
        this.generator = generator;
        this.pace = pace;
        this.limit = limit.orElse(Long.MAX_VALUE);
        this.skipped = skipped;
    }

    /** Runs until the limit is reached or {@link #stop} is called. */
    public void run(Output output) {
        runner = Thread.currentThread();
        long seq = 0;
        while (seq < limit && !stopped) {
            long wait = output.requested() > 0 ? pace.nanosToNext() : NO_DEMAND_NANOS;
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                continue;
            }
            sendUnlessStopped(output, seq++);
        }
    }

    private synchronized void sendUnlessStopped(Output output, long seq) {
        if (stopped) {
            return;
        }
        long skippedNow = pace.advance();
        if (skippedNow > 0) {
            skipped.accept(skippedNow);
        }
        output.send(seq, generator.next(Instant.now()));
    }

    /** After it returns, no more events are sent. */
    public synchronized void stop() {
        stopped = true;
        LockSupport.unpark(runner);
    }

    public boolean isStopped() {
        return stopped;
    }
}
