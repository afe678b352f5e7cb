package pipeline.endtoend.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.faults.scenarios.Fault;
import pipeline.endtoend.machine.PreloadedLibrary;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Settings;
import pipeline.launcher.PipelineProcess;

/** {@code ./pipeline} on machines that are set up for something else, too. */
@Tag("slow")
class OddMachineIT extends ScriptTestBase {
    private static final String NOWHERE = "127.0.0.1:1";

    @Test
    void commitsEveryEventWhateverOtherProgramsNeed() throws IOException {
        Path hadoop = Files.createDirectories(temp.resolve("hadoop"));
        Files.writeString(
                hadoop.resolve("core-site.xml"),
                "<configuration><property><name>fs.defaultFS</name><value>hdfs://nowhere:8020</value></property>"
                        + "</configuration>");
        Map<String, String> environment = new HashMap<>();
        for (String proxy : new String[] {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"}) {
            environment.put(proxy, "http://" + NOWHERE);
        }
        environment.put("ALL_PROXY", "socks5://" + NOWHERE);
        // In this locale, Java formats numbers with other digits.
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "-Duser.language=ar -Duser.country=EG -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=1"
                        + " -DsocksProxyHost=127.0.0.1 -DsocksProxyPort=1");
        environment.put("SPARK_HOME", "/nowhere");
        environment.put("SPARK_LOCAL_IP", "203.0.113.1");
        environment.put("HADOOP_CONF_DIR", hadoop.toString());
        environment.put("HADOOP_HOME", "/nowhere");
        environment.put("CLASSPATH", "/nowhere/x.jar");
        environment.put("MAVEN_OPTS", "-Dx=y");
        environment.put("PYTHONPATH", "/nowhere");
        environment.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        environment.put("KAFKA_TRANSACTIONAL_ID", "of-another-program");
        environment.put("KAFKA_INTERCEPTOR_CLASSES", "com.example.OfAnotherProgram");
        environment.put("MP_MESSAGING_OUTGOING_EVENTS_TRANSACTIONAL_ID", "of-another-program");
        environment.putAll(
                PreloadedLibrary.compile("odd_host", temp.resolve("library")).environment());

        String beforeComma = "Daten [für] {heute}";
        try (PipelineProcess pipeline = PipelineProcess.start(
                Repository.SCRIPT,
                temp,
                environment,
                "--data",
                temp.resolve(beforeComma + ", 100 %").toString(),
                "--events",
                "500",
                "--rate",
                "500")) {
            assertThat(pipeline.exitCode()).as(pipeline.output()).isZero();

            assertThat(pipeline.output()).contains("every number agrees");
            Matcher line = Pattern.compile("Not used: .*").matcher(pipeline.output());
            assertThat(line.find()).as(pipeline.output()).isTrue();
            Fault.KAFKA_VARIABLES.isSeenAs(line.group());
        }
        assertThat(temp.resolve(beforeComma))
                .as("what Spark creates if it splits the path")
                .doesNotExist();
    }

    /** All lines of the job are shown. A job that waits for the terminal stalls after 64 KiB more, when its own pipe is full. */
    @Test
    void goesOnAndStopsInATerminalThatNobodyReads() throws IOException {
        Path data = temp.resolve("data");
        Path log = data.resolve("logs/job.log");
        try (PipelineProcess pipeline = PipelineProcess.start(
                unread(),
                temp,
                Map.of(Settings.TRIGGER_INTERVAL.name(), "100ms"),
                "--data",
                data.toString(),
                "--rate",
                "100")) {
            await("the job writes more than both pipes and the launcher can hold")
                    .atMost(PipelineProcess.LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> Files.exists(log) && Files.size(log) > 80 << 10);
            List<ProcessHandle> parts = pipeline.descendants();

            pipeline.pressCtrlC();

            assertThat(pipeline.exitCode()).isEqualTo(130);
            assertThat(parts).hasSizeGreaterThanOrEqualTo(5).noneMatch(ProcessHandle::isAlive);
        }
    }

    /** Returns a script that runs {@code ./pipeline} with a pipe that holds 4,096 bytes as its output. */
    private Path unread() throws IOException {
        Path script = Files.createFile(
                temp.resolve("unread"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(
                script,
                """
                #!/usr/bin/env python3
                import fcntl, os, sys
                read, write = os.pipe()
                fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
                os.set_inheritable(read, True)
                os.dup2(write, 1)
                os.execv("%s", ["pipeline", *sys.argv[1:]])
                """
                        .formatted(Repository.SCRIPT));
    }
}
