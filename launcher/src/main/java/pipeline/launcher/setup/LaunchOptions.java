package pipeline.launcher.setup;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options as typed; {@link LaunchConfig} checks and interprets them. */
public final class LaunchOptions {
    @Option(
            names = SettingOption.EVENTS,
            paramLabel = "N",
            description = {
                "Send N events, wait until all of them are committed, and print the reconciliation.",
                "The exit code is 0 only if every number agrees."
            })
    String events;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Run for this long after everything is healthy, such as 500ms, 10s, 2m or 1h.")
    String duration;

    @Option(
            names = SettingOption.RATE,
            paramLabel = "N|max",
            description = "Events per second, or max for as fast as possible.")
    String rate;

    @Option(
            names = "--airflow",
            description = {
                "Also run Airflow, with the DAG that validates every five minutes. Needs Python 3.11 to 3.13; "
                        + "the first time, it creates a virtual environment in airflow/.venv (330 MB, about a minute)."
            })
    boolean airflow;

    @Option(
            names = SettingOption.KAFKA,
            paramLabel = "HOST:PORT[,...]",
            description =
                    "Use this Kafka instead of starting a broker. A setting names a file for TLS and SASL, see below.")
    String kafka;

    @Option(names = SettingOption.TOPIC, paramLabel = "NAME", description = "Use this topic.")
    String topic;

    @Option(
            names = "--without",
            paramLabel = "producer|job|validator",
            description = {
                "Do not start this component, because it runs elsewhere, for example in dev mode on its usual port. "
                        + "Can be given several times."
            })
    Set<Service> without = EnumSet.noneOf(Service.class);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder for kafka/, output/, logs/, airflow/ and temporary files, which are in "
                    + DataFolder.TEMPORARY + "/ and deleted at each start. Default: data/local in the repository.")
    Path data;

    @Option(
            names = "--fresh",
            description = "Delete kafka/ and output/ in the data folder first. Another Kafka keeps its events.")
    boolean fresh;

    @Option(names = "--yes", description = "Do not ask before --fresh deletes.")
    boolean yes;

    @Option(
            names = "--crash-demo",
            description = {
                "Show what kill -9 does: write the same events with Spark's own Parquet sink and with the job, "
                        + "kill both three times, and count the rows in their files. Takes about a minute, uses free "
                        + "ports and crash-demo/ in the data folder, which is emptied first.",
                "The exit code is 0 only if the job's files contain every event exactly once."
            })
    boolean crashDemo;

    @Option(
            names = "--infer-schema",
            description = {
                "Only draft a schema file from the newest records of the topic, up to 10,000: the schema goes to standard "
                        + "output, and to standard error what it is based on. Reads from the broker of another "
                        + "./pipeline unless --kafka names one.",
                "The exit code is 2 if the topic has nothing to draft a schema from."
            })
    boolean inferSchema;

    @Option(names = "--build", description = "Only build modules that are missing or older than their sources.")
    boolean build;

    /** The script has already built everything when it starts the launcher. */
    public boolean onlyBuilds() {
        return build && !inferSchema;
    }
}
