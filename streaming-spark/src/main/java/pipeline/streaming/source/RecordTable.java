package pipeline.streaming.source;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.kafka010.KafkaSourceProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The topic as a table of Spark's data source API, which can only be read as a stream. Spark creates it by the name of its class,
 * with options: those of Spark's Kafka source, and these two.
 */
public final class RecordTable implements TableProvider {
    /** The query of the {@link SourceState}. */
    static final String QUERY = "query";

    /** How long a batch waits for more records, as ISO 8601 duration. */
    static final String DELAY = "batchDelay";

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return state(options).records().columns();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> options) {
        return new Topic(schema);
    }

    private static SourceState state(CaseInsensitiveStringMap options) {
        return SourceState.of(options.get(QUERY));
    }

    // Deprecated in favour of columns(), which calls schema().
    @SuppressWarnings("deprecation")
    private record Topic(StructType schema) implements SupportsRead {
        @Override
        public String name() {
            return "Kafka records";
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.MICRO_BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            return () -> new Scan() {
                @Override
                public StructType readSchema() {
                    return schema;
                }

                @Override
                public MicroBatchStream toMicroBatchStream(String checkpoint) {
                    SupportsRead kafka = new KafkaSourceProvider().getTable(options);
                    MicroBatchStream records =
                            kafka.newScanBuilder(options).build().toMicroBatchStream(checkpoint);
                    return new RecordStream(records, state(options), options);
                }
            };
        }
    }
}
