package pipeline.launcher.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pipeline.events.settings.Settings;
import pipeline.launcher.process.ProcessSpec;

class ComponentsTest {
    @Test
    void givesEachServiceItsPortOnThisMachineOnly() {
        ProcessSpec validator = parts(Map.of("VALIDATOR_PORT", "18083")).validator();

        assertThat(validator.command())
                .contains("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=18083")
                .endsWith("/repository/validator-quarkus/target/quarkus-app/quarkus-run.jar");
    }

    @Test
    void runsEachPartAsItsModuleSays() {
        Components parts = parts(Map.of());

        assertThat(parts.producer().command())
                .contains(
                        "@/repository/producer-quarkus/java.args",
                        "-XX:SharedArchiveFile=/repository/producer-quarkus/target/producer-quarkus.jsa");
        assertThat(parts.validator().command())
                .contains(
                        "@/repository/validator-quarkus/java.args",
                        "-XX:SharedArchiveFile=/repository/validator-quarkus/target/validator-quarkus.jsa");
        assertThat(parts.job(4040).command())
                .contains(
                        "@/repository/streaming-spark/java.args",
                        "-XX:SharedArchiveFile=/repository/streaming-spark/target/streaming-spark.jsa");
    }

    @Test
    void keepsTemporaryFilesInTheDataFolder() {
        Components parts = parts(Map.of());

        assertThat(Stream.of(
                        parts.producer(),
                        parts.validator(),
                        parts.job(4040),
                        parts.plainSink(List.of()),
                        parts.countRows("count", Path.of("/tree"))))
                .allSatisfy(part -> assertThat(part.command()).contains("-Djava.io.tmpdir=/data/.pipeline-tmp"));
    }

    @Test
    void handsTheSettingsOn() {
        assertThat(parts(Map.of("RUN_ID", "x")).job(4040).environment()).containsEntry("RUN_ID", "x");
    }

    @Test
    void letsTheProducerEndOnlyWhenItHasALimit() {
        assertThat(parts(Map.of("EVENT_LIMIT", "5")).producer().mayEnd()).isTrue();
        assertThat(parts(Map.of()).producer().mayEnd()).isFalse();
    }

    @Test
    void keepsLocalSparkOnThisMachine() {
        assertThat(parts(Map.of()).job(4040).environment()).containsEntry("SPARK_LOCAL_IP", "127.0.0.1");
        assertThat(parts(Map.of("SPARK_LOCAL_IP", "10.0.0.1", "SPARK_PUBLIC_DNS", "host"))
                        .job(4040)
                        .environment())
                .containsEntry("SPARK_LOCAL_IP", "127.0.0.1")
                .doesNotContainKey("SPARK_PUBLIC_DNS");
        assertThat(parts(Map.of("SPARK_MASTER", "spark://master:7077"))
                        .job(4040)
                        .environment())
                .doesNotContainKey("SPARK_LOCAL_IP");
    }

    @Test
    void givesLocalSparkAFolderWithoutAComma() {
        assertThat(parts(Map.of()).job(4040).environment()).containsEntry("SPARK_LOCAL_DIRS", ".pipeline-tmp");
        assertThat(parts(Map.of("SPARK_LOCAL_DIRS", "/a,/b")).job(4040).environment())
                .containsEntry("SPARK_LOCAL_DIRS", "/a,/b");
        assertThat(parts(Map.of("SPARK_MASTER", "spark://master:7077"))
                        .job(4040)
                        .environment())
                .doesNotContainKey("SPARK_LOCAL_DIRS");
    }

    @Test
    void runsSparksSinkWithTheJavaOptionsOfTheJob() {
        ProcessSpec plain = parts(Map.of()).plainSink(List.of("-Dx=y"));

        assertThat(plain.command().get(1)).endsWith("streaming-spark/java.args");
        assertThat(plain.command()).contains("-Dx=y").endsWith("pipeline.streaming.demo.SparkParquetSink");
    }

    @Test
    void countsTheRowsOfAFolder() {
        ProcessSpec count = parts(Map.of()).countRows("count", Path.of("/tree"));

        assertThat(count.command()).endsWith("pipeline.streaming.demo.CountRows", "/tree");
        assertThat(count.mayEnd()).isTrue();
    }

    @Test
    void connectsAirflowWithTheValidatorOfThisRun() {
        Map<String, String> settings =
                Map.of("VALIDATOR_PORT", "18083", "AIRFLOW_CONN_VALIDATOR", "http://validator:8083");

        ProcessSpec airflow = parts(settings).airflow(Path.of("/venv/bin/python"));

        assertThat(airflow.command()).containsExactly("/venv/bin/python", "/repository/airflow/start.py");
        assertThat(airflow.environment())
                .containsEntry("AIRFLOW_CONN_VALIDATOR", "http://127.0.0.1:18083")
                .containsEntry("AIRFLOW_HOME", "/data/airflow")
                .containsEntry("AIRFLOW_PORT", "8082");
        assertThat(airflow.shown()).accepts("Airflow: ready at x").rejects("2026-11-22 [info] something");
    }

    @Test
    void leavesOutVariablesOfOtherPrograms() {
        Map<String, String> shell = Map.of(
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://server/mine",
                "AIRFLOW__CORE__EXECUTOR", "CeleryExecutor",
                "AIRFLOW_PORT", "18082",
                "PYTHONPATH", "/elsewhere",
                "MP_MESSAGING_OUTGOING_EVENTS_ACKS", "0",
                "SPARK_WORKER_DIR", "/elsewhere",
                "SPARK_LOCAL_DIRS", "/scratch",
                "HTTPS_PROXY", "http://proxy:3128");

        assertThat(parts(shell).airflow(Path.of("/venv/bin/python")).environment())
                .containsOnly(
                        entry("AIRFLOW_HOME", "/data/airflow"),
                        entry("AIRFLOW_CONN_VALIDATOR", "http://127.0.0.1:8083"),
                        entry("AIRFLOW_PORT", "18082"),
                        entry("TMPDIR", "/data/.pipeline-tmp"),
                        entry("SPARK_LOCAL_DIRS", "/scratch"),
                        entry("SPARK_LOCAL_IP", "127.0.0.1"),
                        entry("HTTPS_PROXY", "http://proxy:3128"));
    }

    private static Components parts(Map<String, String> environment) {
        return new Components(Path.of("/repository"), Path.of("/data"), new Settings(environment));
    }
}
