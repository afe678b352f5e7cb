package pipeline.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JavaArgsTest {

    @Test
    void opensThePackagesThatTheManifestOpens() throws IOException {
        List<String> arguments = matches("java.args", "--add-opens=(\\S+)=ALL-UNNAMED");
        List<String> manifest = matches("pom.xml", "<spark.opened.packages>(.*)</spark.opened.packages>");

        assertThat(manifest).singleElement().isEqualTo(String.join(" ", arguments));
    }

    private static List<String> matches(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
