package pipeline.validator.dataset.parquet.event;

import java.math.BigDecimal;
import pipeline.events.schema.Field;
import pipeline.events.schema.ValueType;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.ValueType.StringType;

/** Says which groups the schema allows. */
record GroupRules(Field field) {
    boolean allow(Object group) {
        ValueType type = field.shape().type();
        if (group == null) {
            return field.isNullable();
        } else if (type instanceof IntegerType integer) {
            return integer.rules().problem(BigDecimal.valueOf((Long) group)) == null;
        } else if (type instanceof BooleanType bool) {
            return bool.allowed() == null || bool.allowed().contains(group);
        } else {
            return ((StringType) type).rules().problem((String) group) == null;
        }
    }
}
