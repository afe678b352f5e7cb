package pipeline.launcher.components;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pipeline.events.settings.Settings;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.setup.DataFolder;

/**
 * The commands that run the programs of the other modules. Their working directory is the data folder, because Quarkus would
 * read a {@code .env} in its working directory by its own rules.
 *
 * @param root folder of the repository
 */
public record Components(Path root, Path folder, Settings settings) {
    private static final String JOB = "pipeline.streaming.StreamingJob";
    private static final String JOB_STARTED = "Streaming started";

    public ProcessSpec producer() {
        List<String> command = quarkus(
                "producer-quarkus", settings.get(Settings.PRODUCER_PORT), "-Dproducer.totals-file=" + producerTotals());
        return spec("producer", command, "", settings.get(Settings.EVENT_LIMIT).isPresent());
    }

    /** The file with the producer's {@link ProducerTotals}. It may still be that of an earlier producer. */
    public Path producerTotals() {
        return folder.resolve("producer-totals.json");
    }

    public ProcessSpec validator() {
        return spec("validator", quarkus("validator-quarkus", settings.get(Settings.VALIDATOR_PORT)), "", false);
    }

    /** The marked line of the job says that its queries are running. */
    public ProcessSpec job(int uiPort) {
        return job(List.of("-Dspark.ui.port=" + uiPort));
    }

    public ProcessSpec job(List<String> javaOptions) {
        List<String> options = new ArrayList<>(archive("streaming-spark"));
        options.addAll(javaOptions);
        List<String> command = settings.isSet(Settings.ICEBERG_CONFIG_FILE)
                ? java("streaming-spark", options, "-cp", jobAndIceberg(), JOB)
                : java("streaming-spark", options, "-jar", jobJar());
        return spec("job", command, JOB_STARTED, false);
    }

    /** Spark's own Parquet sink instead of the job. */
    public ProcessSpec plainSink(List<String> javaOptions) {
        String main = "pipeline.streaming.demo.SparkParquetSink";
        return spec("plain", java("streaming-spark", javaOptions, "-cp", jobJar(), main), JOB_STARTED, false);
    }

    /** Counts the rows of all Parquet files below a folder; the marked line is JSON with the counts. */
    public ProcessSpec countRows(String name, Path tree) {
        List<String> command = List.of(
                java(), temporaryFiles(), "-cp", jobJar(), "pipeline.streaming.demo.CountRows", tree.toString());
        return spec(name, command, "{\"files\":", true);
    }

    /**
     * Airflow with all its services, as one process that starts the others; its marked line says that it is ready.
     *
     * @param python of the environment in which Airflow is installed
     */
    public ProcessSpec airflow(Path python) {
        Map<String, String> environment = environment();
        environment.put("TMPDIR", folder.resolve(DataFolder.TEMPORARY).toString());
        environment.put("AIRFLOW_HOME", folder.resolve("airflow").toString());
        environment.put("AIRFLOW_CONN_VALIDATOR", "http://127.0.0.1:" + settings.get(Settings.VALIDATOR_PORT));
        environment.put(Settings.AIRFLOW_PORT.name(), Integer.toString(settings.get(Settings.AIRFLOW_PORT)));
        List<String> command =
                List.of(python.toString(), root.resolve("airflow/start.py").toString());
        return new ProcessSpec(
                "airflow", command, environment, folder, line -> line.startsWith("Airflow: "), "Airflow: ready", false);
    }

    /** Where the program keeps its temporary files; this folder has to exist. */
    private String temporaryFiles() {
        return "-Djava.io.tmpdir=" + folder.resolve(DataFolder.TEMPORARY);
    }

    private String jobJar() {
        return root.resolve("streaming-spark/target/streaming-spark.jar").toString();
    }

    /** For runs that are tables. */
    private String jobAndIceberg() {
        return jobJar() + File.pathSeparator + root.resolve("streaming-spark/target/iceberg/*");
    }

    private List<String> quarkus(String module, int port, String... moreOptions) {
        List<String> options = new ArrayList<>(archive(module));
        options.addAll(List.of(moreOptions));
        options.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port));
        Path jar = root.resolve(module + "/target/quarkus-app/quarkus-run.jar");
        return java(module, options, "-jar", jar.toString());
    }

    private List<String> archive(String module) {
        return archive(root.resolve(module + "/target/" + module + ".jsa"));
    }

    /**
     * Returns the options with which Java uses an archive of classes that the script {@code ./pipeline} writes. Java ignores an
     * archive of another jar or JVM; the log option keeps it from warning about that.
     */
    static List<String> archive(Path file) {
        return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off,cds+dynamic=off");
    }

    /** Each module keeps its JVM options, with their reasons, in a file of its own. */
    private List<String> java(String module, List<String> moreOptions, String... program) {
        List<String> command =
                new ArrayList<>(List.of(java(), "@" + root.resolve(module + "/java.args"), temporaryFiles()));
        command.addAll(moreOptions);
        command.addAll(List.of(program));
        return command;
    }

    private ProcessSpec spec(String name, List<String> command, String mark, boolean mayEnd) {
        return new ProcessSpec(name, command, environment(), folder, line -> true, mark, mayEnd);
    }

    /**
     * As long as Spark runs on this machine only, its web page should not be reachable from other machines. Spark would split the
     * path of the folder for temporary files at commas, but its name, relative to the working directory, has none.
     */
    private Map<String, String> environment() {
        Map<String, String> environment = ForeignVariables.removedFrom(settings.environment());
        if (settings.get(Settings.SPARK_MASTER).startsWith("local")) {
            environment.put("SPARK_LOCAL_IP", "127.0.0.1");
            environment.remove("SPARK_PUBLIC_DNS");
            environment.putIfAbsent("SPARK_LOCAL_DIRS", DataFolder.TEMPORARY);
        }
        return environment;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
