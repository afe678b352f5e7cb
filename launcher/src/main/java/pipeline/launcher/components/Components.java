package pipeline.launcher.components;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pipeline.events.settings.Settings;
import pipeline.launcher.process.ProcessSpec;

/**
 * The commands that run the programs of the other modules. Their working directory is the data folder, because Quarkus would
 * read a {@code .env} in its working directory by its own rules.
 *
 * @param root folder of the repository
 * @param folder the working directory
 */
public record Components(Path root, Path folder, Settings settings) {
    private static final String EACH_LINE = "";
    private static final String JOB_STARTED = "Streaming started";
    private static final String AIRFLOW_STARTED = "Airflow: ready";

    /** The marked line of the producer is its last one, with its counts; see {@link ProducerTotals}. */
    public ProcessSpec producer() {
        List<String> command = quarkus("producer-quarkus", settings.producerPort());
        return spec(
                "producer", command, ProducerTotals.MARK, settings.eventLimit().isPresent());
    }

    public ProcessSpec validator() {
        return spec("validator", quarkus("validator-quarkus", settings.validatorPort()), EACH_LINE, false);
    }

    /** The marked line of the job says that its queries are running. */
    public ProcessSpec job(int uiPort) {
        return job(List.of("-Dspark.ui.port=" + uiPort));
    }

    public ProcessSpec job(List<String> javaOptions) {
        List<String> command = new ArrayList<>(List.of(java(), arguments("streaming-spark")));
        // Written by the script ./pipeline. Java ignores an archive of another jar or Java version; it should do so
        // silently.
        Path archive = jobJar().resolveSibling("streaming-spark.jsa");
        command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off,cds+dynamic=off"));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jobJar().toString()));
        return spec("job", command, JOB_STARTED, false);
    }

    /** Spark's own Parquet sink instead of the job. */
    public ProcessSpec plainSink(List<String> javaOptions) {
        List<String> command = new ArrayList<>(List.of(java(), arguments("streaming-spark")));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", jobJar().toString(), "pipeline.streaming.demo.SparkParquetSink"));
        return spec("plain", command, JOB_STARTED, false);
    }

    /**
     * Counts the rows of all Parquet files below a folder; the marked line contains the counts.
     *
     * @param name of the process
     */
    public ProcessSpec countRows(String name, Path tree) {
        List<String> command =
                List.of(java(), "-cp", jobJar().toString(), "pipeline.streaming.demo.CountRows", tree.toString());
        return spec(name, command, "Counted.", true);
    }

    /**
     * Airflow with all its services, as one process that starts the others; its marked line says that it is ready.
     *
     * @param python in whose environment Airflow is installed
     */
    public ProcessSpec airflow(Path python) {
        Map<String, String> environment = environment();
        environment.put("AIRFLOW_HOME", folder.resolve("airflow").toString());
        environment.put("AIRFLOW_CONN_VALIDATOR", "http://127.0.0.1:" + settings.validatorPort());
        environment.put(Settings.AIRFLOW_PORT, Integer.toString(settings.airflowPort()));
        List<String> command =
                List.of(python.toString(), root.resolve("airflow/start.py").toString());
        return new ProcessSpec(
                "airflow", command, environment, folder, line -> line.startsWith("Airflow: "), AIRFLOW_STARTED, false);
    }

    private Path jobJar() {
        return root.resolve("streaming-spark/target/streaming-spark.jar");
    }

    /** Each module keeps its JVM options, with their reasons, in a file of its own. */
    private String arguments(String module) {
        return "@" + root.resolve(module).resolve("java.args");
    }

    private List<String> quarkus(String module, int port) {
        return List.of(
                java(),
                arguments(module),
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                root.resolve(module)
                        .resolve("target/quarkus-app/quarkus-run.jar")
                        .toString());
    }

    private ProcessSpec spec(String name, List<String> command, String mark, boolean mayEnd) {
        return new ProcessSpec(name, command, environment(), folder, line -> true, mark, mayEnd);
    }

    /** As long as Spark runs on this machine only, its web page should not be reachable from others. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(settings.environment());
        if (settings.sparkMaster().startsWith("local")) {
            environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        }
        return environment;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
