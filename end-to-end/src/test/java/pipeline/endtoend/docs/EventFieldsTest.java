package pipeline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.system.Repository;
import pipeline.events.Event;
import pipeline.events.EventJson;
import pipeline.events.SampleEvents;

/** Files other than Java that name fields of the event name all of them. */
class EventFieldsTest {
    private static final List<String> FIELDS = Stream.of(Event.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    @Test
    void architectureSaysWhichValuesOfEachFieldAreValid() throws IOException {
        String table = read("ARCHITECTURE.md")
                .split("(?m)^\\| field \\| valid values \\|\n")[1]
                .split("\n\n")[0];

        assertThat(groups("(?m)^\\| `([a-z]+)` \\|", table)).isEqualTo(FIELDS);
    }

    @Test
    void architectureShowsAnEventAsItIsSent() throws IOException {
        assertThat(read("ARCHITECTURE.md"))
                .contains(new String(EventJson.encode(SampleEvents.anyEvent()), StandardCharsets.UTF_8));
    }

    @Test
    void architectureListsEachFieldAmongTheColumns() throws IOException {
        String columns = read("ARCHITECTURE.md").split("\nColumns: ")[1].split("\n\n")[0];

        assertThat(groups("`([a-z]+)` \\(", columns)).containsExactlyInAnyOrderElementsOf(FIELDS);
    }

    @Test
    void airflowLogsEachFieldOfTheFirstRows() throws IOException {
        String columns = groups(
                        "log_table\\(answer\\[\"head\"], (.*)\\)", read("airflow/dags/spark_parquet_validation_dag.py"))
                .get(0);

        assertThat(groups("\"([a-z]+)\"", columns)).isEqualTo(FIELDS);
    }

    private static String read(String file) throws IOException {
        return Files.readString(Repository.ROOT.resolve(file));
    }

    private static List<String> groups(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
