package pipeline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsoleWriterTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final UnreadStream stream = new UnreadStream();
    private final ConsoleWriter writer = new ConsoleWriter(stream.printStream(), leftOut -> leftOut + " left out\n");

    @Test
    void writesEverythingInOrderOnceSomebodyReads() {
        writer.line("one\n");
        stream.awaitWriter();
        writer.line("two\n");
        writer.status("status");

        stream.read();
        writer.flush(SOON);

        assertThat(stream.text()).isEqualTo("one\ntwo\nstatus");
    }

    @Test
    void leavesTheOldestLinesOutAndSaysHowMany() {
        writer.line("first\n");
        stream.awaitWriter();

        int lines = ConsoleWriter.LIMIT + 5;
        IntStream.range(0, lines).forEach(i -> writer.line(i + "\n"));
        stream.read();
        writer.flush(SOON);

        assertThat(stream.text())
                .isEqualTo("first\n5 left out\n"
                        + IntStream.range(5, lines).mapToObj(i -> i + "\n").collect(Collectors.joining()));
    }

    @Test
    void keepsOnlyTheNewestStatusWhileNobodyReads() {
        writer.line("first\n");
        stream.awaitWriter();

        IntStream.rangeClosed(0, ConsoleWriter.LIMIT).forEach(i -> writer.status("status " + i));
        writer.line("last\n");
        stream.read();
        writer.flush(SOON);

        assertThat(stream.text()).isEqualTo("first\nstatus " + ConsoleWriter.LIMIT + "last\n");
    }

    @Test
    void isNotBrokenWhileNobodyReads() {
        writer.line("first\n");
        stream.awaitWriter();

        assertThat(writer.isBroken()).isFalse();
    }

    @Test
    void flushesForALimitedTimeAndNotTwice() {
        writer.line("first\n");
        stream.awaitWriter();

        writer.flush(Duration.ofMillis(1));
        writer.flush(Duration.ofDays(1));

        assertThat(stream.text()).isEmpty();
    }
}
