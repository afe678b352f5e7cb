package pipeline.validator.dataset.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import pipeline.events.Event;
import pipeline.events.output.OutputTree;

/** Says how a file's columns differ from those that the job writes. Other writers may leave out Kafka's columns. */
record SchemaRules(ParquetFile file, List<String> problems) {
    static List<String> problems(ParquetFile file) {
        SchemaRules rules = new SchemaRules(file, new ArrayList<>());
        rules.require(Event.TS, "a timestamp", Column::isTimestamp);
        rules.require(Event.VALUE, "a double", type -> type.getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE);
        rules.require(Event.SOURCE, "a string", type -> LogicalTypeAnnotation.stringType()
                .equals(type.getLogicalTypeAnnotation()));
        if (file.folder().isEmpty()) {
            rules.require(Event.ID, "a whole number", Column::isWhole);
        }
        for (String name : List.of(OutputTree.KAFKA_PARTITION, OutputTree.KAFKA_OFFSET)) {
            if (file.has(name)) {
                rules.require(name, "a whole number", Column::isWhole);
            }
        }
        return rules.problems;
    }

    private void require(String name, String expected, Predicate<PrimitiveType> isExpected) {
        if (!file.has(name)) {
            problems.add(name + " is missing");
        } else if (file.column(name, isExpected).isEmpty()) {
            problems.add(name + " is not " + expected + " but "
                    + file.type(name).map(PrimitiveType::toString).orElse("nested"));
        }
    }
}
