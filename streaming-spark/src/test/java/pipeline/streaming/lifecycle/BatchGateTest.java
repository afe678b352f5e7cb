package pipeline.streaming.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatchGateTest {
    private final BatchGate gate = new BatchGate(Duration.ofSeconds(20));
    private final AtomicInteger batches = new AtomicInteger();

    @Test
    void runsBatchesWhileItIsOpen() throws IOException, InterruptedException {
        gate.pass(batches::incrementAndGet);
        gate.pass(batches::incrementAndGet);

        assertThat(batches).hasValue(2);
    }

    @Test
    @Timeout(30)
    void endsAQueryWhoseInterruptWasSwallowed() {
        gate.close();

        assertThatThrownBy(() -> gate.pass(batches::incrementAndGet)).isInstanceOf(InterruptedException.class);
        assertThat(batches).hasValue(0);
    }

    @Test
    @Timeout(30)
    void letsNoBatchOfAQueryPassThatIsBeingStoppedAndWhoseInterruptWasSwallowed() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread query = new Thread(() -> {
            try {
                gate.pass(batches::incrementAndGet);
            } catch (IOException | InterruptedException e) {
                end.complete(e);
            }
        });

        gate.stopBetweenBatches(() -> {
            query.start();
            assertThat(end.join()).isInstanceOf(InterruptedException.class);
        });

        assertThat(batches).hasValue(0);
        gate.pass(batches::incrementAndGet);
        assertThat(batches).hasValue(1);
    }

    @Test
    @Timeout(30)
    void canBeClosedAgain() {
        assertThat(gate.close()).isTrue();
        assertThat(gate.close()).isTrue();
    }

    @Test
    @Timeout(30)
    void abandonsABatchThatDoesNotEnd() throws InterruptedException {
        BatchGate impatient = new BatchGate(Duration.ofMillis(1));
        CountDownLatch begun = new CountDownLatch(1);
        Lock end = new ReentrantLock();
        end.lock();
        Thread query = new Thread(() -> {
            try {
                impatient.pass(() -> {
                    begun.countDown();
                    end.lock();
                });
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        query.start();
        begun.await();

        assertThat(impatient.close()).isFalse();

        end.unlock();
        query.join();
    }
}
