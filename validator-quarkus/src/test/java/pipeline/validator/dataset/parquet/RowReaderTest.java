package pipeline.validator.dataset.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.storage.LocalStorage;

class RowReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsTheFirstRowsInTheFilesOrder() throws Exception {
        TestFiles.writeEvents(folder.resolve("id=4/part.parquet"), 2, 40, 3, 1, 2);

        List<Row> rows = RowReader.first(new LocalStorage(folder), "id=4/part.parquet", 2);

        assertThat(rows)
                .containsExactly(
                        new Row(4, TestFiles.ts(), 3d, "sim-producer", 2, 40L),
                        new Row(4, TestFiles.ts().plus(1, ChronoUnit.MICROS), 1d, "sim-producer", 2, 41L));
    }

    @Test
    void leavesMissingFieldsNull() throws Exception {
        TestFiles.write(
                folder.resolve("part.parquet"),
                Types.buildMessage()
                        .optional(DOUBLE)
                        .named("value")
                        .required(INT32)
                        .named("id")
                        .named("m"),
                rows -> rows.add(fields -> fields.append("id", 9)));

        assertThat(RowReader.first(new LocalStorage(folder), "part.parquet", 10))
                .containsExactly(new Row(9, null, null, null, null, null));
    }
}
