package pipeline.launcher.setup;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options as they were typed; {@link LaunchConfig} says what they mean and whether they are allowed. */
public final class LaunchOptions {
    @Option(
            names = "--events",
            paramLabel = "N",
            description = {
                "Send N events, wait until all of them are committed, and print the reconciliation.",
                "Exit code 0 only when every number agrees."
            })
    String events;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Run for 500ms, 10s, 2m or 1h, counted from when all is healthy.")
    String duration;

    @Option(
            names = "--rate",
            paramLabel = "N|max",
            description = "Events per second, or max for as fast as the channel goes (setting MSGS_PER_SEC).")
    String rate;

    @Option(
            names = "--airflow",
            description = {
                "Run Airflow too, with the DAG that validates every five minutes. Needs Python 3.11 to 3.13; "
                        + "the first time, a virtual environment is made in airflow/.venv (330 MB, a minute)."
            })
    boolean airflow;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where kafka/, output/ and logs/ are kept. Default: data/local in the repository.")
    Path data;

    @Option(names = "--fresh", description = "First delete kafka/ and output/ of the data folder.")
    boolean fresh;

    @Option(names = "--yes", description = "Don't ask before --fresh deletes.")
    boolean yes;

    @Option(
            names = "--crash-demo",
            description = {
                "Show what kill -9 does: the same events through Spark's own Parquet sink and through the job, "
                        + "both killed three times, then their files counted. Takes about a minute, on free ports, "
                        + "in crash-demo/ of the data folder, which is emptied first.",
                "Exit code 0 only when the job's files have every event exactly once."
            })
    boolean crashDemo;

    @Option(names = "--build", description = "Only build what is missing or older than its sources.")
    private boolean build;

    /** The script has built all before it hands over. */
    public boolean onlyBuilds() {
        return build;
    }
}
