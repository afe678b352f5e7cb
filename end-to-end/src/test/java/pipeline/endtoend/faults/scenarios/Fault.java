package pipeline.endtoend.faults.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pipeline.endtoend.system.Repository;

/**
 * The faults of the two tables in {@code docs/faults.md}, in their order and with their words. A row says what the test of a
 * fault has seen, which {@link #isSeenAs} compares.
 */
public enum Fault {
    PRODUCER_FROZEN(
            "the producer is frozen for 30 s (SIGSTOP, SIGCONT)", "it resumes, and skips the events of that time"),
    JOB_AND_VALIDATOR_FROZEN("the job and the validator are frozen for 30 s, both at once", "they resume"),
    BROKER_FROZEN("the broker is frozen for 30 s", "the job waits, then resumes"),
    BROKER_DOWN("the broker is down for 60 s", "the job waits, logs a line every ten seconds, then resumes"),
    SIGTERM_WITHOUT_BROKER(
            "the job gets SIGTERM while the broker is down", "it ends (exit 143); the next start resumes"),
    WALL_CLOCK_SET(
            "the wall clock is set back by an hour, forward by a day, and back",
            "the next batch comes within three trigger intervals"),
    BACKLOG(
            "2 million events arrive while the job is down; `TRIGGER_INTERVAL=1h`",
            "large batches follow each other without a pause"),
    CHECKPOINT_DISK_FULL(
            "the disk of the checkpoint is full (`_chk` on its own mount)",
            "the job stops (exit 1); once there is space, the next start resumes"),
    DISK_FULL("the disk is full", "the job stops (exit 1); once there is space, the next start resumes"),
    DISK_READ_ONLY(
            "the output becomes read-only", "the job stops (exit 2); once it is writable, the next start resumes"),
    WORKING_FILES_DELETED(
            "something deletes the temporary files, as systems do in `/tmp` by age",
            "the job stops (exit 1); the next start resumes"),
    LIBRARIES_UNUSABLE(
            "the folder of temporary files is mounted with `noexec`",
            "the job stops (exit 1); once programs can run there, the next start resumes"),
    UNKNOWN_USER(
            "the user of all components has no entry in passwd, as in a devcontainer or in OpenShift",
            "everything works"),
    OTHER_BROKER(
            "another broker at the same address, while the job runs or is stopped",
            "it stops (exit 1); published files stay"),
    TOPIC_CREATED_AGAIN(
            "the topic is deleted and created again, while the job runs or is stopped",
            "it waits for the topic, and stops if it is another one (exit 1); published files stay"),
    AGED_OUT("events age out before they are read", "the job stops (exit 1), and does so at each start"),
    AGED_OUT_AND_RECORDED(
            "the same with `ON_DATA_LOSS=record`, while the job runs or at a start",
            "the job continues; the ledger records the gap, and `/validation` warns of it"),
    KAFKA_RESTORED(
            "Kafka is restored from an older copy, and new events arrive, before the job starts",
            "the job stops (exit 1), and does so at each start; `/validation` fails until Kafka has the events again"),
    TRANSACTIONS(
            "transactions are committed, aborted and left open",
            "the job publishes what was committed, up to the first open transaction; the ledger counts offsets without a record"),
    COMPACTED("the topic is compacted", "the job publishes every record that Kafka still has"),
    LARGE_MESSAGES(
            "100 messages of 10 MB arrive, half of which are not events",
            "the job publishes the events, and keeps the other messages; `/validation` warns of those"),
    GROUP_IN_USE(
            "another program's consumer is in the group `pipeline-<RUN_ID>`", "the job continues, and says so once"),
    ODD_TIME(
            "a record has a time that Spark cannot represent (Kafka accepts any 64 bits)",
            "the job rejects this record and continues"),
    NEVER_RUN("events wait in Kafka, and no job has ever run", "`/validation` fails"),
    HIDDEN_FILE("a hidden `._part-….parquet` appears, as macOS leaves on shares", "`/validation` names it"),
    PARTITIONS_ADDED("partitions are added while the job runs", "it reads them from their beginning"),
    PARTITIONS_ADDED_WHILE_STOPPED(
            "partitions are added while the job is stopped", "the next start reads them from their beginning"),
    TASK_OUTLIVES_DRIVER(
            "a task that outlives its driver writes into the staging folder of the dead attempt",
            "nothing: no other attempt uses that folder, and the next start deletes it"),
    SECOND_JOB("a second job writes the same run", "the second stops (exit 1); the first continues"),
    LOCK_REMOVED(
            "the lock file is removed by hand, and a second job is started",
            "one of the two stops (exit 1), the other continues; the output stays correct"),
    SIGTERM(
            "the job gets SIGTERM right after its start or during a batch",
            "it publishes the current batch, then ends (exit 143)"),
    LEDGER_DELETED("the ledger is deleted", "the job does not start (exit 1)"),
    LEDGER_TRUNCATED("the newest ledger record is truncated", "the job does not start (exit 1)"),
    PREPARED_TRUNCATED("the prepared record is truncated", "its batch is read from Kafka again"),
    CHECKPOINTS_DELETED("the checkpoints are deleted", "the next start resumes from the ledger"),
    CHECKPOINTS_OLD("the checkpoints are replaced by an old copy", "the next start resumes from the ledger"),
    CHECKPOINTS_EMPTIED(
            "every file of the checkpoints is emptied",
            "the next start resumes from the ledger; the averages start over"),
    CHECKPOINTS_GARBAGE("the checkpoints are filled with garbage", "as above"),
    CHECKPOINTS_DELETED_WHILE_RUNNING("the checkpoints are deleted while the job runs", "it resumes from the ledger"),
    FILES_DAMAGED(
            "one Parquet file is truncated and another one deleted by hand",
            "the job continues; `/validation` is FAILED and names both"),
    KAFKA_VARIABLES(
            "`KAFKA_SECURITY_PROTOCOL`, `KAFKA_TRANSACTIONAL_ID` and `KAFKA_INTERCEPTOR_CLASSES` in the shell",
            "the producer does not use them",
            "OddMachineIT"),
    AIRFLOW_VARIABLES(
            "`AIRFLOW__DATABASE__SQL_ALCHEMY_CONN` and `AIRFLOW__CORE__EXECUTOR` of the user's own Airflow in the shell",
            "`./pipeline --airflow` uses its own database, and leaves the user's alone",
            "AirflowIT"),
    PIP_VARIABLES(
            "`PIP_USER=1` in the shell",
            "`./pipeline --airflow` installs packages in its own virtual environment",
            "VirtualEnvironmentIT"),
    SPARK_ADDRESS("`SPARK_LOCAL_IP` of another network in the shell", "Spark listens on this machine", "SparkPageIT"),
    SPARK_PAGE("a foreign web page requests `/jobs/job/kill/?id=N` from Spark's page", "nothing", "SparkPageIT"),
    TOKEN_ENDPOINT_DOWN(
            "Kafka takes only tokens (OAUTHBEARER), and the token endpoint is down for a while",
            "the job waits, then resumes",
            "TokenPipelineIT"),
    LINE_ENDS("`git clone` with `core.autocrlf=true`", "the scripts keep their line ends, and run", "CloneTest"),
    CLIENT_FILE_OF_OWNER(
            "containers with `DATA_UID=1001`, and a `KAFKA_CONFIG_FILE` of mode 600",
            "every container that reads this file runs as its owner",
            "ComposeFileIT");

    private static final Path PAGE = Repository.ROOT.resolve("docs/faults.md");
    private static final String HEADER = "| fault | what happens | what you see |";

    private final String fault;
    private final String whatHappens;
    private final String test;
    private final String lastColumn;

    Fault(String fault, String whatHappens) {
        this(fault, whatHappens, "*ScenariosIT", "");
    }

    /** @param test the class that shows it, which the row names */
    Fault(String fault, String whatHappens, String test) {
        this(fault, whatHappens, test, " `" + test + "` |");
    }

    Fault(String fault, String whatHappens, String test, String lastColumn) {
        this.fault = fault;
        this.whatHappens = whatHappens;
        this.test = test;
        this.lastColumn = lastColumn;
    }

    /** Checks that the page has the row of this fault with these messages, whatever their numbers. */
    public void isSeenAs(String... messages) {
        String seen = Stream.of(messages)
                .map(message -> "`" + message.replace("|", "\\|") + "`")
                .collect(Collectors.joining("<br>"));
        assertThat(rows().stream().filter(row -> row.startsWith(start())).map(Fault::withoutNumbers))
                .as("row of " + this + " in " + PAGE)
                .containsExactly(withoutNumbers(start() + seen + " |" + lastColumn));
    }

    /** Returns the first columns of the fault's row. */
    public String start() {
        return "| " + fault + " | " + whatHappens + " | ";
    }

    /** Returns the names of the test classes of which one compares the row, as a glob. */
    public String test() {
        return test;
    }

    /** Returns the rows of the page's two tables. */
    public static List<String> rows() {
        try {
            List<String> rows = new ArrayList<>();
            boolean isFault = false;
            for (String line : Files.readAllLines(PAGE)) {
                isFault = line.startsWith(HEADER) || isFault && line.startsWith("|");
                if (isFault) {
                    rows.add(line);
                }
            }
            rows.removeIf(row -> row.startsWith(HEADER) || row.startsWith("|---"));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutNumbers(String row) {
        return row.replaceAll("[0-9]+([.][0-9]+)?", "0");
    }
}
