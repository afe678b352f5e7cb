package pipeline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingLogTest {
    @TempDir
    private Path folder;

    @Test
    void hasALineOnDiskAtOnce() throws IOException {
        try (RotatingLog log = RotatingLog.open(file(""))) {
            log.write("one");

            assertThat(file("")).hasContent("one");
        }
    }

    @Test
    void setsTheLogOfTheLastStartAside() throws IOException {
        write("first start");
        write("second start");

        assertThat(file("")).hasContent("second start");
        assertThat(file(".1")).hasContent("first start");
    }

    @Test
    void keepsTheNewestFourOfThem() throws IOException {
        for (int start = 1; start <= 6; start++) {
            write("start " + start);
        }

        assertThat(file("")).hasContent("start 6");
        assertThat(file(".4")).hasContent("start 2");
        assertThat(file(".5")).doesNotExist();
    }

    @Test
    void startsANewFileAtTheLimit() throws IOException {
        try (RotatingLog log = new RotatingLog(file(""), 10)) {
            log.write("123456789");
            log.write("next");
        }

        assertThat(file(".1")).hasContent("123456789");
        assertThat(file("")).hasContent("next");
    }

    private void write(String line) throws IOException {
        try (RotatingLog log = RotatingLog.open(file(""))) {
            log.write(line);
        }
    }

    private Path file(String number) {
        return folder.resolve("job.log" + number);
    }
}
