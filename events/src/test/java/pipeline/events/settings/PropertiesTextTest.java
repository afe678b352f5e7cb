package pipeline.events.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
    /** Characters with a special meaning in a properties file, and a little text. */
    private static final List<String> PIECES = List.of(
            "a", "b", "=", ":", " ", "\\", "\\\\", "\n", "\r\n", "\r", "#", "!", "\t", "\f", "\\u0041", "\\n", "\\=",
            "k=v\n", "c", "\u000b");

    private static final long SEED = 20260101;

    @Test
    void saysWhereEachSettingBegins() {
        List<PropertiesText.Line> lines = PropertiesText.lines("# c\r\na=1\n\nb=\\\n  2\rc = 3");

        assertThat(lines.stream().map(line -> line.entry().orElseThrow()))
                .containsExactly(
                        new PropertiesText.Entry("a", "1", 2),
                        new PropertiesText.Entry("b", "2", 4),
                        new PropertiesText.Entry("c", "3", 6));
    }

    /** Empty keys are not compared: Java also takes a backslash at the end of the text for one. */
    @Test
    void readsAnyTextAsJavaDoes() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            String text = anyText(random);
            Properties expected = new Properties();
            expected.load(new StringReader(text));
            expected.remove("");

            assertThat(read(text)).as(text).isEqualTo(expected);
        }
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(14), 0, PIECES.size()).forEach(piece -> text.append(PIECES.get(piece)));
        return text.toString();
    }

    private static Map<String, String> read(String text) {
        Map<String, String> read = new HashMap<>();
        for (PropertiesText.Line line : PropertiesText.lines(text)) {
            PropertiesText.Entry entry = line.entry().orElseThrow();
            read.put(entry.key(), entry.value());
        }
        read.remove("");
        return read;
    }
}
