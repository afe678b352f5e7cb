package pipeline.launcher.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The output of Spark's own sink and of the job, side by side.
 *
 * @param events the number of events in Kafka, all of them valid
 */
record Comparison(long events, Side plain, Side ours) {
    private static final String LINE = "  %-24s %22s %16s";

    /**
     * The counts reported by {@code Components.countRows}.
     *
     * @param rows number of rows in the files that can be read
     * @param distinct number of distinct events in these rows
     * @param torn number of files that cannot be read
     */
    record TreeCount(long files, long rows, long distinct, long torn) {
        private static final ObjectReader JSON = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build()
                .readerFor(TreeCount.class);

        static TreeCount parse(String json) throws JsonProcessingException {
            return JSON.readValue(json);
        }
    }

    record Side(int kills, TreeCount count) {
        long duplicates() {
            return count.rows() - count.distinct();
        }

        long missing(long events) {
            return events - count.distinct();
        }
    }

    /** Returns whether the job has every event exactly once after at least one kill. */
    boolean isOursRight() {
        return ours.kills() > 0
                && ours.missing(events) == 0
                && ours.duplicates() == 0
                && ours.count().torn() == 0;
    }

    List<String> text() {
        return List.of(
                "all *.parquet files, as any other tool reads them",
                LINE.formatted("", "Spark's Parquet sink", "this pipeline"),
                line("killed with -9", Side::kills),
                line("events in Kafka", side -> events),
                line("rows in the files", side -> side.count().rows()),
                line("duplicated rows", Side::duplicates),
                line("missing events", side -> side.missing(events)),
                line("files", side -> side.count().files()),
                line("torn files", side -> side.count().torn()),
                verdict());
    }

    private String verdict() {
        if (ours.kills() == 0) {
            return "  this pipeline was never killed, so this proves nothing: the machine was too busy, try again";
        }
        return isOursRight() ? "  this pipeline: every event exactly once" : "  this pipeline is wrong";
    }

    private String line(String label, ToLongFunction<Side> value) {
        return LINE.formatted(label, number(value.applyAsLong(plain)), number(value.applyAsLong(ours)));
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
