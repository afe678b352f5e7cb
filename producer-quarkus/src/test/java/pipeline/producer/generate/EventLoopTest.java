package pipeline.producer.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pipeline.events.schema.sample.KeyedEvent;

@Timeout(10)
class EventLoopTest {
    private final AtomicLong demand = new AtomicLong();
    private final List<Long> seqs = new CopyOnWriteArrayList<>();
    private final AtomicLong skipped = new AtomicLong();
    private EventLoop loop;
    private Thread thread;

    private final EventLoop.Output output = new EventLoop.Output() {
        @Override
        public long requested() {
            return demand.get();
        }

        @Override
        public void send(long seq, KeyedEvent event) {
            demand.decrementAndGet();
            seqs.add(seq);
        }
    };

    @AfterEach
    void stop() throws InterruptedException {
        if (thread != null) {
            loop.stop();
            thread.join();
        }
    }

    @Test
    void sendsExactlyTheLimit() {
        demand.set(1_000);
        loop = loop(OptionalDouble.empty(), OptionalLong.of(300));

        loop.run(output);

        assertThat(seqs).isEqualTo(LongStream.range(0, 300).boxed().toList());
        assertThat(loop.isStopped()).isFalse();
    }

    @Test
    void neverSendsMoreThanRequested() {
        start(OptionalDouble.empty());

        demand.addAndGet(7);
        await().until(() -> seqs.size() == 7);
        demand.addAndGet(5);
        await().until(() -> seqs.size() == 12);

        assertThat(demand).hasValue(0);
    }

    @Test
    void keepsThePace() {
        demand.set(1_000);
        loop = loop(OptionalDouble.of(1_000), OptionalLong.of(301));
        long start = System.nanoTime();

        loop.run(output);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
    }

    @Test
    void stopsWhileItWaitsForTheNextEvent() {
        demand.set(10);
        start(OptionalDouble.of(0.001));
        await().until(() -> seqs.size() == 1);

        loop.stop();

        await().atMost(Duration.ofSeconds(5)).until(() -> !thread.isAlive());
        assertThat(seqs).containsExactly(0L);
        assertThat(loop.isStopped()).isTrue();
    }

    @Test
    void sendsNothingOnceStopHasReturned() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            AtomicLong sent = new AtomicLong();
            loop = loop(OptionalDouble.empty(), OptionalLong.empty());
            thread = new Thread(() -> loop.run(countingInto(sent)));
            thread.start();
            await().pollInterval(Duration.ofMillis(1)).until(() -> sent.get() > 0);

            loop.stop();

            long atStop = sent.get();
            thread.join();
            assertThat(sent).hasValue(atStop);
        }
    }

    @Test
    void reportsEventsSkippedWhileNoneWereRequested() {
        demand.set(1);
        start(OptionalDouble.of(100));
        await().until(() -> seqs.size() == 1);

        await().pollDelay(Duration.ofMillis(1_300)).until(() -> demand.addAndGet(1) > 0);

        await().until(() -> seqs.size() == 2);
        assertThat(skipped.get()).isBetween(120L, 500L);
        assertThat(seqs).containsExactly(0L, 1L);
    }

    private static EventLoop.Output countingInto(AtomicLong sent) {
        return new EventLoop.Output() {
            @Override
            public long requested() {
                return 1;
            }

            @Override
            public void send(long seq, KeyedEvent event) {
                sent.incrementAndGet();
            }
        };
    }

    private void start(OptionalDouble rate) {
        loop = loop(rate, OptionalLong.empty());
        thread = new Thread(() -> loop.run(output));
        thread.start();
    }

    private EventLoop loop(OptionalDouble rate, OptionalLong limit) {
        return new EventLoop(
                new BuiltInEvents(new SplittableRandom(1)),
                new Pace(rate, System::nanoTime),
                limit,
                skipped::addAndGet);
    }
}
