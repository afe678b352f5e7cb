package pipeline.validator.dataset.parquet.event;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import pipeline.events.output.OutputTree;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.Roles;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.ValueType.NumberType;
import pipeline.validator.dataset.content.ColumnSum;
import pipeline.validator.dataset.content.ColumnSum.Bounds;
import pipeline.validator.dataset.content.Counted;
import pipeline.validator.dataset.content.ValueBounds;
import pipeline.validator.dataset.parquet.ParquetFile;
import pipeline.validator.dataset.parquet.column.Timestamps.Format;

/** Sums up what the footer of a file says of its columns, and compares it with the schema. */
final class Footer {
    private static final double ZERO = 0.0;

    private final ParquetFile file;
    private final EventSchema schema;
    private final Map<String, Object> folders;
    private final Map<List<String>, List<ColumnChunkMetaData>> chunks = new HashMap<>();
    private final Map<String, ColumnSum> columns = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Footer(ParquetFile file, EventSchema schema, Map<String, Object> folders) {
        this.file = file;
        this.schema = schema;
        this.folders = folders;
        file.reader().getRowGroups().forEach(group -> group.getColumns()
                .forEach(chunk -> chunks.computeIfAbsent(List.of(chunk.getPath().toArray()), first -> new ArrayList<>())
                        .add(chunk)));
        List<Leaf> leaves = Leaf.of(schema);
        leaves.forEach(this::add);
        addUnknown(leaves);
    }

    /** Returns the sums by path. */
    Map<String, ColumnSum> columns() {
        return columns;
    }

    /** Returns how the columns differ from the schema, apart from those of which each value is compared. */
    List<String> problems() {
        return problems;
    }

    private void add(Leaf leaf) {
        ColumnSum sum = folders.containsKey(leaf.path()) ? ofFolder(leaf) : ofFile(leaf);
        columns.put(leaf.path(), sum);
        if (!isRole(leaf)) {
            addProblems(leaf, sum);
        }
    }

    private boolean isRole(Leaf leaf) {
        Roles roles = schema.roles();
        return Stream.of(roles.group(), roles.time(), roles.value()).anyMatch(leaf.path()::equals);
    }

    private ColumnSum ofFolder(Leaf leaf) {
        Object value = folders.get(leaf.path());
        long nulls = value == null ? file.rows() : 0;
        Bounds bounds = file.rows() == 0 ? Bounds.NONE : new Bounds(value, value);
        return new ColumnSum(leaf.typeName(), file.rows(), OptionalLong.of(nulls), Optional.of(bounds));
    }

    private ColumnSum ofFile(Leaf leaf) {
        ColumnSum unknown = ColumnSum.unknown(leaf.typeName(), file.rows());
        String[] path = leaf.inFile().toArray(String[]::new);
        if (!file.schema().containsPath(path)) {
            problems.add(leaf.path() + " is missing");
            return unknown;
        }
        PrimitiveType type = file.schema().getColumnDescription(path).getPrimitiveType();
        if (!leaf.isWrittenAs(type)) {
            problems.add(leaf.path() + " is not of the type " + leaf.typeName() + " but " + type);
            return unknown;
        }
        ColumnSum sum = new ColumnSum(leaf.typeName(), 0, OptionalLong.of(0), Optional.of(Bounds.NONE));
        for (ColumnChunkMetaData chunk : chunks.getOrDefault(leaf.inFile(), List.of())) {
            sum = sum.plus(ofChunk(leaf, type, chunk));
        }
        return new ColumnSum(leaf.typeName(), file.rows(), sum.nulls(), sum.bounds());
    }

    private static ColumnSum ofChunk(Leaf leaf, PrimitiveType type, ColumnChunkMetaData chunk) {
        Statistics<?> statistics = chunk.getStatistics();
        boolean countsNulls = statistics != null && statistics.isNumNullsSet();
        OptionalLong nulls = countsNulls ? OptionalLong.of(statistics.getNumNulls()) : OptionalLong.empty();
        Optional<Bounds> bounds = Optional.empty();
        if (leaf.path().equals(OutputTree.RESCUED)) {
            bounds = Optional.empty(); // the order of JSON texts says nothing
        } else if (statistics != null && statistics.hasNonNullValue()) {
            bounds = Optional.of(
                    new Bounds(value(type, statistics.genericGetMin()), value(type, statistics.genericGetMax())));
        } else if (countsNulls && statistics.getNumNulls() == chunk.getValueCount()) {
            bounds = Optional.of(Bounds.NONE);
        }
        return new ColumnSum(leaf.typeName(), 0, nulls, bounds);
    }

    private static Object value(PrimitiveType type, Object value) {
        if (value instanceof Binary text) {
            return text.toStringUsingUTF8();
        } else if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time) {
            return Format.valueOf(time.getUnit().name()).micros((Long) value);
        } else if (value instanceof Integer number) {
            return number.longValue();
        } else {
            return value instanceof Double number ? (Object) (number + ZERO) : value;
        }
    }

    private void addProblems(Leaf leaf, ColumnSum sum) {
        if (folders.containsKey(leaf.path())) {
            Object value = folders.get(leaf.path());
            if (!new GroupRules(EventFields.field(schema, leaf.path())).allow(value)) {
                problems.add(leaf.path() + " may not be " + value);
            }
            return;
        }
        if (!leaf.mayBeNull() && sum.nulls().orElse(0) > 0) {
            problems.add(leaf.path() + " has " + Counted.of(sum.nulls().getAsLong(), "null"));
        }
        sum.bounds().filter(bounds -> bounds.min() != null).ifPresent(bounds -> {
            if (!isAllowed(leaf, bounds.min())) {
                problems.add(leaf.path() + " may not be " + bounds.min());
            } else if (!isAllowed(leaf, bounds.max())) {
                problems.add(leaf.path() + " may not be " + bounds.max());
            }
        });
    }

    /** Only numbers have bounds. */
    private static boolean isAllowed(Leaf leaf, Object bound) {
        if (leaf.type() instanceof IntegerType integer) {
            NumberRules rules = integer.rules();
            return rules.problem(BigDecimal.valueOf((Long) bound)) == null;
        }
        return !(leaf.type() instanceof NumberType number)
                || ValueBounds.of(number.rules()).contains((Double) bound);
    }

    private void addUnknown(List<Leaf> leaves) {
        Set<String> known = leaves.stream().map(leaf -> leaf.inFile().get(0)).collect(Collectors.toSet());
        file.schema().getFields().stream()
                .map(Type::getName)
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(name + " is not a column of the schema"));
    }
}
