package pipeline.endtoend.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.Repository;
import pipeline.events.settings.Settings;

/** The containers with events of a schema. */
@Tag("compose")
class SchemaComposeIT {
    private static final String PROJECT = ComposeStack.PROJECT + "-schema";
    private static final int SEVERAL_BATCHES = 500;

    @Test
    void decodesEventsOfTheSchemaOnTheWorker(@TempDir Path output, @TempDir Path folder) throws IOException {
        Docker.assumeItAnswers();
        Path file = Files.copy(Repository.ORDERS_SCHEMA, folder.resolve("orders.schema.json"));
        Map<String, String> settings = Map.of(Settings.EVENT_SCHEMA_FILE.name(), file.toString());
        ComposeStack stack = new ComposeStack(Repository.ROOT, output, PROJECT, settings, List.of());
        stack.giveToOwnerOfData(file);
        try {
            stack.compose("down", "--volumes");
            stack.compose("up", "--detach", "--build", "--wait", "producer", "spark-streaming", "validator");
            ComposeStack.waiting().until(() -> stack.totalRows() > SEVERAL_BATCHES);

            JsonNode aggregates = stack.get(ComposeStack.VALIDATOR, "/aggregates");
            assertThat(aggregates.get("groupedBy").asText()).isEqualTo("currency");
            assertThat(aggregates.get("rejected").asInt()).isZero();
            for (JsonNode executor : stack.executors()) {
                boolean isDriver = executor.get("id").asText().equals("driver");
                assertThat(executor.get("completedTasks").asInt() > 0).isNotEqualTo(isDriver);
            }
            assertThat(stack.validation()).isEqualTo("OK");
        } finally {
            stack.compose("down", "--volumes");
        }
    }
}
