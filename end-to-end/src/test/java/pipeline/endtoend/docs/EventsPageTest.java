package pipeline.endtoend.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.system.Repository;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.InvalidSchemaException;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.schema.sample.RandomEvents;

/** docs/events.md says what schema files may contain. */
class EventsPageTest {
    private static final Path DOCS = Repository.ROOT.resolve("docs");
    private static final String SUPPORTED = "supported are ";

    @Test
    void namesEachKeyword() throws IOException {
        assertThat(page()).contains(quoted(supported("{'type': 'object', 'oneOf': []}", ", ")));
    }

    @Test
    void namesEachKeyOfOurKeyword() throws IOException {
        assertThat(page())
                .contains(quoted(
                        supported("{'type': 'object', 'properties': {}, 'x-pipeline': {'key': 'a'}}", ", | and ")));
    }

    @Test
    void hasAnExampleThatTheProducerCanSimulate() {
        EventSchema example = SchemaFile.read(DOCS.resolve("orders.schema.json"));

        assertThat(new RandomEvents(example, new SplittableRandom())
                        .next(Instant.now())
                        .key())
                .isIn("DE", "FR", "PL", "SE");
    }

    private static String page() throws IOException {
        return Files.readString(DOCS.resolve("events.md"));
    }

    /** Returns the names that a message lists. */
    private static List<String> supported(String schema, String separator) {
        String message = catchThrowableOfType(
                        InvalidSchemaException.class,
                        () -> SchemaFile.parse("a", schema.replace('\'', '"').getBytes(UTF_8)))
                .getMessage();
        String list = message.substring(message.indexOf(SUPPORTED) + SUPPORTED.length())
                .replace(", and names that begin with x-", "");
        return Arrays.asList(list.split(separator));
    }

    private static String[] quoted(List<String> names) {
        assertThat(names).hasSizeGreaterThan(3);
        return names.stream().map(name -> "`" + name + "`").toArray(String[]::new);
    }
}
