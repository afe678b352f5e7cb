package pipeline.streaming.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.OffsetSeqLog;

/** The offsets of one topic as Spark's Kafka source writes them: {@code {"events":{"0":100,"1":7}}}. */
public final class SparkOffsets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Map<Integer, Long>>> OFFSETS = new TypeReference<>() {};

    private SparkOffsets() {}

    static String json(String topic, Map<Integer, Long> offsets) {
        try {
            return JSON.writeValueAsString(Map.of(topic, offsets));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("offsets as JSON", e);
        }
    }

    static Map<Integer, Long> parse(String topic, String json) {
        try {
            return JSON.readValue(json, OFFSETS).get(topic);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not offsets: " + json, e);
        }
    }

    /** Returns where a batch ends, which Spark writes to its offset log before it runs the batch. */
    public static Map<Integer, Long> untilOf(SparkSession spark, String checkpoint, String topic, long batchId) {
        String offsets = new OffsetSeqLog(spark, checkpoint + "/offsets")
                .get(batchId)
                .get()
                .offsets()
                .apply(0)
                .get()
                .json();
        return parse(topic, offsets);
    }
}
