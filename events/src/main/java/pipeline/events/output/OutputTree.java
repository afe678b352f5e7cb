package pipeline.events.output;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folders below {@code OUTPUT_DIR}.
 *
 * <pre>
 * parquet/run_&lt;RUN_ID&gt;/id=&lt;id&gt;/part-&lt;seq&gt;-&lt;n&gt;.parquet   what readers see; every visible file is complete and final
 *                     /_ledger/&lt;seq&gt;.json              one record for each committed batch
 *                     /_ledger/&lt;seq&gt;.absent            offsets of this batch that have no record, if there are any
 *                     /_schema/&lt;sha256&gt;.json          the schemas of its events, if they are not the built-in one
 *                     /_stopped                        why the job stopped for good; a start that finds it mended removes this
 *                     /_chk/                           Spark's checkpoints
 * rejected/run_&lt;RUN_ID&gt;/part-&lt;seq&gt;-&lt;n&gt;.jsonl              invalid events, each with the reason
 * staging/run_&lt;RUN_ID&gt;/                                work in progress
 * checkpoints/run_&lt;RUN_ID&gt;/                            Spark's checkpoints of a run that is a table
 * </pre>
 *
 * @param root the value of {@code OUTPUT_DIR}
 */
public record OutputTree(Path root) {
    public static final String PARQUET = "parquet";
    public static final String REJECTED = "rejected";
    public static final String RUN_PREFIX = "run_";
    public static final String ID_PREFIX = "id=";
    public static final String LEDGER = "_ledger";
    public static final String STOPPED = "_stopped";
    public static final String SCHEMAS = "_schema";
    public static final String PARQUET_SUFFIX = ".parquet";
    public static final String JSON_LINES_SUFFIX = ".jsonl";
    public static final String RECORD_SUFFIX = ".json";
    public static final String ABSENT_SUFFIX = ".absent";

    private static final int SEQ_DIGITS = 10;
    private static final Pattern RECORD = Pattern.compile("\\d{10}" + Pattern.quote(RECORD_SUFFIX));
    private static final Pattern BATCH = Pattern.compile("part-(\\d{10})-\\d+\\..+|(\\d{10})\\.absent");

    /** Columns that the streaming job adds to those of the event. */
    public static final String KAFKA_PARTITION = "kafka_partition";

    public static final String KAFKA_OFFSET = "kafka_offset";

    /** Only in runs with a schema file, as the next one. */
    public static final String KAFKA_TIMESTAMP = "kafka_timestamp";

    public static final String RESCUED = "rescued";

    public Path parquet() {
        return root.resolve(PARQUET);
    }

    public Path run(String runId) {
        return parquet().resolve(RUN_PREFIX + runId);
    }

    public Path ledger(String runId) {
        return run(runId).resolve(LEDGER);
    }

    public Path stopped(String runId) {
        return run(runId).resolve(STOPPED);
    }

    public Path checkpoints(String runId) {
        return run(runId).resolve("_chk");
    }

    /** Returns where Spark keeps its checkpoints if the run is a table, see {@link OutputTables}. */
    public Path tableCheckpoints(String runId) {
        return root.resolve("checkpoints").resolve(RUN_PREFIX + runId);
    }

    public Path rejected(String runId) {
        return root.resolve(REJECTED).resolve(RUN_PREFIX + runId);
    }

    public Path staging(String runId) {
        return root.resolve("staging").resolve(RUN_PREFIX + runId);
    }

    /**
     * Returns where a run keeps a schema.
     *
     * @param schema the SHA-256 of its text
     */
    public Path schema(String runId, String schema) {
        return run(runId).resolve(SCHEMAS).resolve(schema + RECORD_SUFFIX);
    }

    /** Returns the batch in a file's name, such as {@code id=0/part-0000000012-0.parquet}; nothing if it names none. */
    public static OptionalLong batchOf(String path) {
        Matcher name = BATCH.matcher(path).region(path.lastIndexOf('/') + 1, path.length());
        return name.matches()
                ? OptionalLong.of(Long.parseLong(name.group(1) == null ? name.group(2) : name.group(1)))
                : OptionalLong.empty();
    }

    /** Returns the batch of a record's file, such as {@code 0000000012.json}; nothing if it is no record. */
    public static OptionalLong seqOfRecord(String fileName) {
        return RECORD.matcher(fileName).matches()
                ? OptionalLong.of(Long.parseLong(fileName, 0, SEQ_DIGITS, 10))
                : OptionalLong.empty();
    }

    /** Returns for example {@code 0000000012.json}. */
    public static String recordName(long seq) {
        return padded(seq) + RECORD_SUFFIX;
    }

    /** Returns for example {@code 0000000012.absent}. */
    public static String absentName(long seq) {
        return padded(seq) + ABSENT_SUFFIX;
    }

    /** Returns for example {@code part-0000000012-3.parquet}: file {@code n} of batch {@code seq}. */
    public static String partName(long seq, int n, String suffix) {
        return "part-" + padded(seq) + "-" + n + suffix;
    }

    /** Returns the batch number as the ten digits used in file names, so that names sort like numbers. */
    public static String padded(long seq) {
        // Not String.format, which takes longer than all the rest of finding a record.
        String digits = Long.toString(seq);
        return "0".repeat(Math.max(0, SEQ_DIGITS - digits.length())) + digits;
    }
}
