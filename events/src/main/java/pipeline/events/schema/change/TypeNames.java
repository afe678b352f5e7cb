package pipeline.events.schema.change;

import pipeline.events.schema.ValueType;
import pipeline.events.schema.ValueType.ArrayType;
import pipeline.events.schema.ValueType.BooleanType;
import pipeline.events.schema.ValueType.DateTimeType;
import pipeline.events.schema.ValueType.DateType;
import pipeline.events.schema.ValueType.IntegerType;
import pipeline.events.schema.ValueType.NumberType;
import pipeline.events.schema.ValueType.StringType;

/** The names of types in messages, in the words of JSON Schema. */
final class TypeNames {
    private TypeNames() {}

    /** Returns a name that two types share only if their values have the same column; structs are all called object. */
    static String of(ValueType type) {
        if (type instanceof IntegerType integer) {
            return integer.is32Bit() ? "integer with format int32" : "integer";
        } else if (type instanceof NumberType) {
            return "number";
        } else if (type instanceof BooleanType) {
            return "boolean";
        } else if (type instanceof StringType) {
            return "string";
        } else if (type instanceof DateTimeType) {
            return "string with format date-time";
        } else if (type instanceof DateType) {
            return "string with format date";
        } else if (type instanceof ArrayType array) {
            return "array of " + of(array.items().type());
        } else {
            return "object";
        }
    }
}
