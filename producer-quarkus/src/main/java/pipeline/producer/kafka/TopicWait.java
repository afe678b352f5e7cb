package pipeline.producer.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waits until the topic can take events, however long that takes, and says what is missing every ten seconds. */
public final class TopicWait {
    static final long ASK_AGAIN_NANOS = Duration.ofMillis(500).toNanos();
    static final long SAY_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    /** The clock and the patience of the waiting thread. */
    interface Time {
        long nanos();

        void pass(long nanos);
    }

    private final Supplier<Optional<String>> problem;
    private final Consumer<String> say;
    private final Time time;

    public TopicWait(Supplier<Optional<String>> problem, Consumer<String> say) {
        this(problem, say, new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pass(long nanos) {
                LockSupport.parkNanos(nanos);
            }
        });
    }

    TopicWait(Supplier<Optional<String>> problem, Consumer<String> say, Time time) {
        this.problem = problem;
        this.say = say;
        this.time = time;
    }

    /** Returns when the topic can take events, or when {@code stopped} is true. */
    public void await(BooleanSupplier stopped) {
        long sayAt = time.nanos();
        while (!stopped.getAsBoolean()) {
            Optional<String> missing = problem.get();
            if (missing.isEmpty()) {
                return;
            }
            if (time.nanos() - sayAt >= 0 && !stopped.getAsBoolean()) {
                say.accept(missing.get());
                sayAt = time.nanos() + SAY_AGAIN_NANOS;
            }
            time.pass(ASK_AGAIN_NANOS);
        }
    }
}
