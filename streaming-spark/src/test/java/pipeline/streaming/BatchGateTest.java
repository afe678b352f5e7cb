package pipeline.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatchGateTest {
    private final BatchGate gate = new BatchGate();
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
    void canBeClosedAgain() {
        gate.close();

        gate.close();
    }
}
