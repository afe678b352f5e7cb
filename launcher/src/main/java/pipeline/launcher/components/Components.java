package pipeline.launcher.components;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pipeline.events.settings.Settings;
import pipeline.launcher.process.ProcessSpec;

/**
 * How the programs of the other modules are run. They work in the data folder: Quarkus would read a {@code .env}
 * of its working directory by rules of its own.
 *
 * @param root of the repository
 * @param folder to run in
 */
public record Components(Path root, Path folder, Settings settings) {
    private static final String EACH_LINE = "";
    private static final String JOB_STARTED = "Streaming started";
    private static final String AIRFLOW_STARTED = "Airflow: ready";

    /** Returns the producer, whose last line has the counts; see {@link ProducerTotals}. */
    public ProcessSpec producer() {
        List<String> command = quarkus("producer-quarkus", settings.producerPort());
        return spec(
                "producer", command, ProducerTotals.MARK, settings.eventLimit().isPresent());
    }

    public ProcessSpec validator() {
        return spec("validator", quarkus("validator-quarkus", settings.validatorPort()), EACH_LINE, false);
    }

    /** Returns the job, whose marked line says that its queries run. */
    public ProcessSpec job(int uiPort) {
        return job(List.of("-Dspark.ui.port=" + uiPort));
    }

    public ProcessSpec job(List<String> javaOptions) {
        List<String> command = new ArrayList<>(List.of(java(), arguments("streaming-spark")));
        // Of another jar or Java, Java does without it, and need not say so.
        command.addAll(List.of("-XX:SharedArchiveFile=" + jobArchive(), "-Xlog:cds=off,cds+dynamic=off"));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jobJar().toString()));
        return spec("job", command, JOB_STARTED, false);
    }

    /** Returns Spark's own sink in place of the job. */
    public ProcessSpec plainSink(List<String> javaOptions) {
        List<String> command = new ArrayList<>(List.of(java(), arguments("streaming-spark")));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", jobJar().toString(), "pipeline.streaming.demo.SparkParquetSink"));
        return spec("plain", command, JOB_STARTED, false);
    }

    /**
     * Returns a reader that counts the rows of all Parquet files below a folder; its marked line has the numbers.
     *
     * @param name of the part
     */
    public ProcessSpec countRows(String name, Path tree) {
        List<String> command =
                List.of(java(), "-cp", jobJar().toString(), "pipeline.streaming.demo.CountRows", tree.toString());
        return spec(name, command, "Counted.", true);
    }

    /**
     * Returns Airflow with everything of its own, in one process that keeps the others; its marked line says that it is
     * ready.
     *
     * @param python that has Airflow's packages
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

    /** {@code ./pipeline} makes it. */
    private Path jobArchive() {
        return root.resolve("streaming-spark/target/streaming-spark.jsa");
    }

    /** Each module says how its Java is run, and why. */
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

    /** Spark's page is for this machine only, as long as Spark runs on it only. */
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
