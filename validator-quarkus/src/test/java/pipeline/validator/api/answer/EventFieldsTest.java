package pipeline.validator.api.answer;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.Event;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.parquet.FileScanner;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.UnreadableFileException;

/** The validator reads, checks and shows each field of the event. */
class EventFieldsTest {
    private static final Path PAGE = Path.of("src/main/resources/META-INF/resources");
    /** A file without values cannot be read at all. */
    private static final MessageType ONLY_VALUES =
            Types.buildMessage().optional(DOUBLE).named(Event.VALUE).named("spark_schema");

    private static List<String> fields() {
        return names(Event.class);
    }

    private static List<String> names(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(classes = {Row.class, AggregatesAnswer.HeadRow.class, NewRow.class})
    void rowsHaveEachField(Class<?> row) {
        assertThat(names(row)).containsAll(fields());
    }

    @Test
    void aFileNeedsAColumnForEachFieldButTheIdWhichTheFolderHas(@TempDir Path folder) throws UnreadableFileException {
        TestFiles.write(folder.resolve("id=3/part.parquet"), ONLY_VALUES, rows -> {});

        assertThat(FileScanner.scan(new LocalStorage(folder), "id=3/part.parquet")
                        .schemaProblems())
                .containsExactlyInAnyOrderElementsOf(fields().stream()
                        .filter(field -> !field.equals(Event.ID) && !field.equals(Event.VALUE))
                        .map(field -> field + " is missing")
                        .toList());
    }

    @Test
    void thePageHasAColumnForEachField() throws IOException {
        String script = Files.readString(PAGE.resolve("page/tables.js"));
        String header = script.split(Pattern.quote("fillTable(\"rows\", ["))[1].split(Pattern.quote("], rows.map("))[0];

        for (String field : fields()) {
            assertThat(header).contains("\"" + field + "\"");
            assertThat(script).containsPattern("row\\." + field + "\\b");
        }
    }
}
