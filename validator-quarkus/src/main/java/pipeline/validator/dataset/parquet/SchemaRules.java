package pipeline.validator.dataset.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.FolderId;

/** Says how a file's columns differ from those that the job writes. */
final class SchemaRules {
    private SchemaRules() {}

    /** Returns one line a problem. Kafka's columns may be missing, as in files of other writers. */
    static List<String> problems(ParquetFileReader reader, Optional<FolderId> folder) {
        List<String> problems = new ArrayList<>();
        require(reader, problems, Event.TS, "a timestamp", type -> TimestampColumn.of(type)
                .isPresent());
        require(
                reader,
                problems,
                Event.VALUE,
                "a double",
                type -> type.getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE);
        require(reader, problems, Event.SOURCE, "a string", type -> LogicalTypeAnnotation.stringType()
                .equals(type.getLogicalTypeAnnotation()));
        if (folder.isEmpty()) {
            require(reader, problems, Event.ID, "a whole number", NumberColumn::isWhole);
        }
        if (exists(reader, OutputTree.KAFKA_PARTITION)) {
            require(reader, problems, OutputTree.KAFKA_PARTITION, "a whole number", NumberColumn::isWhole);
        }
        if (exists(reader, OutputTree.KAFKA_OFFSET)) {
            require(reader, problems, OutputTree.KAFKA_OFFSET, "a whole number", NumberColumn::isWhole);
        }
        return problems;
    }

    private static boolean exists(ParquetFileReader reader, String name) {
        return reader.getFileMetaData().getSchema().containsField(name);
    }

    private static void require(
            ParquetFileReader reader,
            List<String> problems,
            String name,
            String expected,
            Predicate<PrimitiveType> isExpected) {
        if (!exists(reader, name)) {
            problems.add(name + " is missing");
            return;
        }
        Optional<PrimitiveType> type = ParquetFiles.column(reader, name).map(ColumnDescriptor::getPrimitiveType);
        if (type.filter(isExpected).isEmpty()) {
            problems.add(name + " is not " + expected + " but "
                    + type.map(PrimitiveType::toString).orElse("nested"));
        }
    }
}
