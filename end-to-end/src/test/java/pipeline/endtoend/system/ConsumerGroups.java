package pipeline.endtoend.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pipeline.launcher.process.ProcessSpec;

/** Kafka's tool {@code kafka-consumer-groups}, run as a process. */
public record ConsumerGroups(String servers, Path folder) {
    /** Returns the table with the offsets and the lag of each partition. */
    public String describe(String group) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
                "--bootstrap-server",
                servers,
                "--describe",
                "--group",
                group);
        KillableProcess tool = new KillableProcess(
                new ProcessSpec("consumer-groups", command, System.getenv(), folder, line -> true, "", true), folder);
        Files.deleteIfExists(tool.log());
        tool.start();
        assertThat(tool.hasEndedWithin(60)).isTrue();
        return Files.readString(tool.log());
    }
}
