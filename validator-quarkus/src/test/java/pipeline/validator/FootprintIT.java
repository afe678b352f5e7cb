package pipeline.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.TestRun;

/** The startup time and memory of the native binary. */
class FootprintIT {
    private static final Pattern STARTED = Pattern.compile("started in (\\d+\\.\\d+)s");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    @TempDir
    Path folder;

    @Test
    void startsFastAndStaysSmallWithAThousandFiles() throws Exception {
        assumeThat(PackagedValidator.isNative()).as("only of the native binary").isTrue();
        TestRun run = new TestRun(folder, "1");
        for (int batch = 0; batch < 1_000; batch++) {
            run.commit(batch % 5, 1, 2, 3);
        }
        try (PackagedValidator validator = PackagedValidator.start(folder)) {
            assertThat(validator.get("/aggregates")).contains("\"totalRows\":3000");
            assertThat(validator.get("/validation?deep=true")).contains("exactly-once");

            assertThat(Double.parseDouble(first(STARTED, validator.log()))).isLessThan(0.050);
            String status = Files.readString(Path.of("/proc", Long.toString(validator.pid()), "status"));
            assertThat(Long.parseLong(first(RSS, status))).isLessThan(128 * 1024);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return found.group(1);
    }
}
