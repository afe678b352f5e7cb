package pipeline.streaming.decode;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import pipeline.events.schema.Field;
import pipeline.events.schema.Shape;
import pipeline.events.schema.ValueType;

/** The types of a schema's values, as Spark calls them. */
final class SparkTypes {
    private SparkTypes() {}

    static DataType type(Shape shape) {
        ValueType type = shape.type();
        if (type instanceof ValueType.IntegerType integer) {
            return integer.is32Bit() ? DataTypes.IntegerType : DataTypes.LongType;
        } else if (type instanceof ValueType.NumberType) {
            return DataTypes.DoubleType;
        } else if (type instanceof ValueType.BooleanType) {
            return DataTypes.BooleanType;
        } else if (type instanceof ValueType.StringType) {
            return DataTypes.StringType;
        } else if (type instanceof ValueType.DateTimeType) {
            return DataTypes.TimestampType;
        } else if (type instanceof ValueType.DateType) {
            return DataTypes.DateType;
        } else if (type instanceof ValueType.ArrayType array) {
            Shape items = array.items();
            return DataTypes.createArrayType(type(items), items.takesNull());
        } else {
            List<Field> fields = ((ValueType.StructType) type).object().columns();
            return DataTypes.createStructType(
                    fields.stream().map(SparkTypes::inStruct).toList());
        }
    }

    private static StructField inStruct(Field field) {
        return DataTypes.createStructField(field.name(), type(field.shape()), field.isNullable());
    }
}
